package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;

/**
 * A profile as it was at some time.
 *
 * @param profile its name
 * @param sha256 of everything in it, see {@link ProfileManifest#sha256()}
 */
public record ProfileRevision(String profile, Bytes sha256) {

    private static final int SHORT_HEX_DIGITS = 12;

    /** The hash, short, as people compare it. */
    public String shortHash() {
        return sha256.toHex().substring(0, SHORT_HEX_DIGITS);
    }
}

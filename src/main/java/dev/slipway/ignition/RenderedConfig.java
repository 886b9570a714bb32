package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An Ignition config for one device, validated and ready to be served.
 *
 * @param octets compact JSON in UTF-8; the same template, device and parameters always give the same octets
 * @param version of the specification, as in the config
 */
public record RenderedConfig(SecretBytes octets, IgnitionVersion version) {

    /** SHA-512 of the octets in hex, as it stands in the device's journal. */
    public String sha512() {
        try {
            return Bytes.owning(MessageDigest.getInstance("SHA-512").digest(octets.toArray())).toHex();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-512 in this JDK", e);
        }
    }

    @Override
    public String toString() {
        return "RenderedConfig[" + version.text() + ", " + octets.length() + " octets]";
    }
}

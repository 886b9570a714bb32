package dev.slipway.cbor;

import dev.slipway.bytes.Bytes;
import java.util.List;

/**
 * CBOR items one after the other (RFC 8742), as far as they have arrived.
 *
 * @param items the whole ones
 * @param rest octets that may be the beginning of one more
 */
public record CborSequence(List<CborItem> items, Bytes rest) {

    /** @throws dev.slipway.failure.Failure.Malformed if something in it is not well formed, other than by its end */
    public static CborSequence decode(Bytes bytes) {
        return CborScanner.sequence(bytes);
    }
}

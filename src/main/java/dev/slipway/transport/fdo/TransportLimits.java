package dev.slipway.transport.fdo;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.failure.Failure.Malformed;

/**
 * @param bodyOctets of one message; 65535 is what every client expects a server to take
 * @param nesting levels of CBOR items within each other in one message; not more than {@link CborItem#MAX_DEPTH}, which is more than any has
 */
public record TransportLimits(int bodyOctets, int nesting) {

    public TransportLimits {
        if (nesting < 1 || nesting > CborItem.MAX_DEPTH) {
            throw new IllegalArgumentException("slipway.limits.nesting is " + nesting + "; it goes from 1 to " + CborItem.MAX_DEPTH);
        }
    }

    /** @throws Malformed if {@code message}, as it is after decryption, is deeper */
    void requireNesting(Bytes message) {
        if (nesting < CborItem.MAX_DEPTH && CborItem.decode(message).depth() > nesting) {
            throw new Malformed("CBOR nested deeper than " + nesting + "; see slipway.limits.nesting");
        }
    }
}

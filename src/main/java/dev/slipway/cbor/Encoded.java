package dev.slipway.cbor;

import dev.slipway.bytes.Bytes;
import java.util.function.Function;

/**
 * A value together with the octets it was received as, or is sent as. Hashes, HMACs and signatures run over {@code bytes}.
 *
 * @param bytes the encoding, without the byte string header that may wrap it
 */
public record Encoded<T>(Bytes bytes, T value) {

    /**
     * Reads {@code bstr .cbor T}.
     *
     * @throws dev.slipway.failure.Failure.Malformed if it is no byte string, or does not hold exactly one item of the right shape
     */
    public static <T> Encoded<T> inByteString(CborItem item, Function<CborItem, T> decode) {
        CborItem inner = item.embedded();
        return new Encoded<>(inner.bytes(), decode.apply(inner));
    }

    /** Reads an item that stands there by itself. */
    public static <T> Encoded<T> bare(CborItem item, Function<CborItem, T> decode) {
        return new Encoded<>(item.bytes(), decode.apply(item));
    }
}

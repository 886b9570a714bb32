package dev.slipway.cose;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import java.util.List;

/**
 * An encrypted payload, still closed. Which cipher opens it is the concern of whoever negotiated it.
 *
 * <pre>#6.16([ protected: bstr .cbor {1: alg}, unprotected: {5: IV}, ciphertext: bstr ])</pre>
 *
 * @param protectedHeader its octets as received
 * @param algorithm number of the content encryption algorithm
 * @param ciphertext with the authentication tag at its end
 * @see "RFC 9052, Single Recipient Encrypted"
 */
public record CoseEncrypt0(Bytes protectedHeader, long algorithm, Bytes iv, Bytes ciphertext) {

    private static final int TAG = 16;
    private static final int ALG = 1;
    private static final int IV = 5;

    /** @throws Malformed if the item is untagged or of another shape */
    public static CoseEncrypt0 decode(CborItem item) {
        List<CborItem> parts = item.tagged(TAG).array(3);
        long algorithm = parts.get(0)
                .embedded()
                .get(ALG)
                .orElseThrow(() -> new Malformed("no algorithm in the protected header"))
                .integer();
        Bytes iv = parts.get(1).get(IV).orElseThrow(() -> new Malformed("no IV in the unprotected header")).byteString();
        return new CoseEncrypt0(parts.get(0).byteString(), algorithm, iv, parts.get(2).byteString());
    }

    /** The protected header that names {@code algorithm} and nothing else. */
    public static Bytes protectedHeader(int algorithm) {
        return new CborWriter().map(1).integer(ALG).integer(algorithm).toBytes();
    }

    /** What the cipher authenticates beside the ciphertext ({@code Enc_structure}). */
    public static Bytes additionalData(Bytes protectedHeader) {
        return new CborWriter().array(3).text("Encrypt0").byteString(protectedHeader).byteString(Bytes.EMPTY).toBytes();
    }

    public Bytes encode() {
        return new CborWriter()
                .tag(TAG)
                .array(3)
                .byteString(protectedHeader)
                .map(1)
                .integer(IV)
                .byteString(iv)
                .byteString(ciphertext)
                .toBytes();
    }
}

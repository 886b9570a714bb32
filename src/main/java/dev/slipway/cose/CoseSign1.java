package dev.slipway.cose;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;

/**
 * A signed payload; the payload is given out only against the key that signed it.
 *
 * <pre>#6.18([ protected: bstr .cbor {1: alg}, unprotected: map, payload: bstr, signature: bstr ])</pre>
 *
 * @see "RFC 9052, Signing with One Signer"
 */
public final class CoseSign1 {

    private static final int TAG = 18;
    private static final int ALG = 1;
    private static final Bytes NO_HEADER = new CborWriter().map(0).toBytes();

    private final Bytes encoded;
    private final Bytes protectedHeader;
    private final long algorithm;
    private final CborItem unprotectedHeader;
    private final Bytes payload;
    private final Bytes signature;

    private CoseSign1(
            Bytes encoded, Bytes protectedHeader, long algorithm, CborItem unprotectedHeader, Bytes payload, Bytes signature) {
        this.encoded = encoded;
        this.protectedHeader = protectedHeader;
        this.algorithm = algorithm;
        this.unprotectedHeader = unprotectedHeader;
        this.payload = payload;
        this.signature = signature;
    }

    /** @throws Malformed if the item is untagged, of another shape, or names no algorithm in its protected header */
    public static CoseSign1 decode(CborItem item) {
        List<CborItem> parts = item.tagged(TAG).array(4);
        Bytes protectedHeader = parts.get(0).byteString();
        long algorithm = parts.get(0)
                .embedded()
                .get(ALG)
                .orElseThrow(() -> new Malformed("no algorithm in the protected header"))
                .integer();
        CborItem unprotected = parts.get(1);
        if (!unprotected.isMap()) {
            throw new Malformed("unprotected header is no map");
        }
        return new CoseSign1(
                item.bytes(), protectedHeader, algorithm, unprotected, parts.get(2).byteString(), parts.get(3).byteString());
    }

    /** Signs with the algorithm of the key, with an empty unprotected header. */
    public static CoseSign1 sign(PrivateKey key, Bytes payload) {
        return sign(key, NO_HEADER, payload);
    }

    /** @param unprotectedHeader an encoded map */
    public static CoseSign1 sign(PrivateKey key, Bytes unprotectedHeader, Bytes payload) {
        CoseAlgorithm algorithm =
                CoseAlgorithm.of(key).orElseThrow(() -> new IllegalArgumentException("no COSE algorithm for this " + key.getAlgorithm() + " key"));
        return sign(key, algorithm, unprotectedHeader, payload);
    }

    /** @param algorithm one that fits the key */
    public static CoseSign1 sign(PrivateKey key, CoseAlgorithm algorithm, Bytes payload) {
        return sign(key, algorithm, NO_HEADER, payload);
    }

    private static CoseSign1 sign(PrivateKey key, CoseAlgorithm algorithm, Bytes unprotectedHeader, Bytes payload) {
        Bytes protectedHeader = new CborWriter().map(1).integer(ALG).integer(algorithm.id()).toBytes();
        Bytes signature = algorithm.sign(key, sigStructure(protectedHeader, payload));
        Bytes encoded = new CborWriter()
                .tag(TAG)
                .array(4)
                .byteString(protectedHeader)
                .raw(unprotectedHeader)
                .byteString(payload)
                .byteString(signature)
                .toBytes();
        return new CoseSign1(encoded, protectedHeader, algorithm.id(), CborItem.decode(unprotectedHeader), payload, signature);
    }

    /**
     * The payload, if {@code key} signed it.
     *
     * @throws Invalid if the algorithm does not fit the key or the signature does not verify
     */
    public Bytes verify(PublicKey key) {
        CoseAlgorithm.ofId(algorithm).verify(key, sigStructure(protectedHeader, payload), signature);
        return payload;
    }

    /**
     * The payload before anything vouches for it. A key that is found in, or by way of, the payload itself has to be read before it can
     * verify; whoever calls this calls {@link #verify} before acting on what it read.
     */
    public Bytes unverifiedPayload() {
        return payload;
    }

    /** Nobody signed this. */
    public CborItem unprotectedHeader() {
        return unprotectedHeader;
    }

    /** The octets as received or to be sent, tag included. */
    public Bytes encoded() {
        return encoded;
    }

    private static Bytes sigStructure(Bytes protectedHeader, Bytes payload) {
        return new CborWriter()
                .array(4)
                .text("Signature1")
                .byteString(protectedHeader)
                .byteString(Bytes.EMPTY)
                .byteString(payload)
                .toBytes();
    }
}

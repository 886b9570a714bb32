package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseKey;
import dev.slipway.der.Der;
import dev.slipway.failure.Failure.Malformed;
import java.security.interfaces.RSAKey;
import java.util.List;

/**
 * A public key as it travels.
 *
 * <pre>
 * PublicKey = [ pkType, pkEnc, pkBody ]
 * pkBody    = bstr (SubjectPublicKeyInfo) / [ + bstr ] (certificates, leaf first) / COSE_Key / [ modulus: bstr, exponent: bstr ]
 * </pre>
 *
 * @param key the decoded key; compare this one, since one key has several encodings
 * @param encoded the octets as received: devices compare and hash these
 * @see "FIDO Device Onboard 1.1, Public key"
 */
public record PublicKey(KeyType type, KeyEncoding encoding, java.security.PublicKey key, Bytes encoded) {

    /** The key in X509 encoding. */
    public static PublicKey of(java.security.PublicKey key) {
        KeyType type = KeyType.of(key).orElseThrow(() -> new IllegalArgumentException("no FDO key type for this " + key.getAlgorithm() + " key"));
        Bytes encoded = new CborWriter()
                .array(3)
                .integer(type.id())
                .integer(KeyEncoding.X509.id())
                .byteString(Bytes.owning(key.getEncoded()))
                .toBytes();
        return new PublicKey(type, KeyEncoding.X509, key, encoded);
    }

    /** @throws Malformed if shape, type or encoding is unknown, or the body is not a key of the type it says */
    public static PublicKey decode(CborItem item) {
        List<CborItem> parts = item.array(3);
        KeyType type = KeyType.ofId(parts.get(0).integer());
        KeyEncoding encoding = KeyEncoding.ofId(parts.get(1).integer());
        CborItem body = parts.get(2);
        java.security.PublicKey key =
                switch (encoding) {
                    case CRYPTO -> rsa(body.array(2));
                    case X509 -> RecentKeys.decode(body.byteString());
                    case X5CHAIN -> leafOf(body);
                    case COSEKEY -> CoseKey.decode(body);
                };
        if (!type.describes(key)) {
            throw new Malformed("public key is not of the type it says, " + type);
        }
        return new PublicKey(type, encoding, key, item.bytes());
    }

    private static java.security.PublicKey rsa(List<CborItem> numbers) {
        return SubjectPublicKeyInfo.rsa(numbers.get(0).byteString(), numbers.get(1).byteString());
    }

    /** A bare array, a byte string that holds the array, or a single certificate in a byte string: all three are in use. */
    private static java.security.PublicKey leafOf(CborItem body) {
        if (!body.isByteString()) {
            return CertificateChain.decode(body).leafKey();
        }
        boolean certificate = body.byteString().length() > 0 && body.byteString().at(0) == Der.SEQUENCE;
        return certificate
                ? CertificateChain.of(List.of(body.byteString())).leafKey()
                : CertificateChain.decode(body.embedded()).leafKey();
    }

    /** The same key, however it is written. */
    public boolean sameKeyAs(PublicKey other) {
        return spki().equals(other.spki());
    }

    /** Whether both are on one curve, or RSA keys of one size. FDO wants one kind of key throughout a voucher. */
    public boolean sameKindAs(PublicKey other) {
        return key instanceof RSAKey own && other.key instanceof RSAKey others
                ? own.getModulus().bitLength() == others.getModulus().bitLength()
                : type == other.type;
    }

    /** What people know the key by: type, and the SHA-256 of its SubjectPublicKeyInfo. */
    public String fingerprint() {
        return type + " " + HashType.SHA256.hash(spki()).value().toHex();
    }

    /** The SubjectPublicKeyInfo, whatever encoding the key travels in. */
    public Bytes spki() {
        return Bytes.owning(key.getEncoded());
    }
}

package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseKey;
import dev.slipway.failure.Failure.Malformed;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/**
 * A public key as it travels.
 *
 * <pre>
 * PublicKey = [ pkType, pkEnc, pkBody ]
 * pkBody    = bstr (SubjectPublicKeyInfo) / [ + bstr ] (certificates, leaf first) / COSE_Key
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
                    case X509 -> fromSubjectPublicKeyInfo(type, body.byteString());
                    case X5CHAIN -> leafOf(body);
                    case COSEKEY -> CoseKey.decode(body);
                };
        if (KeyType.of(key).filter(type::equals).isEmpty()) {
            throw new Malformed("public key is not of the type it says, " + type);
        }
        return new PublicKey(type, encoding, key, item.bytes());
    }

    private static ECPublicKey fromSubjectPublicKeyInfo(KeyType type, Bytes der) {
        try {
            ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der.toArray()));
            return type.curve()
                    .publicKey(
                            Bytes.owning(key.getW().getAffineX().toByteArray()), Bytes.owning(key.getW().getAffineY().toByteArray()));
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new Malformed("not a SubjectPublicKeyInfo of an EC key");
        }
    }

    /** A bare array, a byte string that holds the array, or a single certificate in a byte string: all three are in use. */
    private static java.security.PublicKey leafOf(CborItem body) {
        if (!body.isByteString()) {
            return CertificateChain.decode(body).leafKey();
        }
        boolean certificate = body.byteString().length() > 0 && body.byteString().at(0) == CertificateChain.DER_SEQUENCE;
        return certificate
                ? CertificateChain.of(List.of(body.byteString())).leafKey()
                : CertificateChain.decode(body.embedded()).leafKey();
    }

    /** The same key, however it is written. */
    public boolean sameKeyAs(PublicKey other) {
        return type == other.type && Bytes.owning(key.getEncoded()).equals(Bytes.owning(other.key.getEncoded()));
    }
}

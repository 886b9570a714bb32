package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.EcCurve;
import dev.slipway.failure.Failure.Malformed;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Reads public keys in DER (RFC 5280, Subject Public Key Info). */
public final class SubjectPublicKeyInfo {

    private SubjectPublicKeyInfo() {}

    /** @throws Malformed if it is no elliptic-curve or RSA key, or its point is not on its curve */
    public static java.security.PublicKey decode(Bytes der) {
        java.security.PublicKey key = read(der);
        return key instanceof ECPublicKey elliptic ? onItsCurve(elliptic) : key;
    }

    /** The same from storage, to verify signatures with: the provider's own check of the point is enough where no private key meets it. */
    public static java.security.PublicKey decodeStored(Bytes der) {
        return read(der);
    }

    private static java.security.PublicKey read(Bytes der) {
        try {
            ASN1ObjectIdentifier algorithm =
                    org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(der.toArray()).getAlgorithm().getAlgorithm();
            if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                return generate("EC", der);
            }
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return generate("RSA", der);
            }
            throw new Malformed("public key of algorithm " + algorithm);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Malformed("not a SubjectPublicKeyInfo");
        }
    }

    private static java.security.PublicKey generate(String algorithm, Bytes der) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der.toArray()));
    }

    /** Beside the provider's own check: a point of another curve would leak bits of our private key. */
    private static ECPublicKey onItsCurve(ECPublicKey key) {
        EcCurve curve = EcCurve.of(key).orElseThrow(() -> new Malformed("public key on a curve that FDO does not use"));
        curve.requireOnCurve(key.getW());
        return key;
    }

    /** @throws Malformed if these numbers make no RSA key */
    static java.security.PublicKey rsa(Bytes modulus, Bytes exponent) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(new BigInteger(1, modulus.toArray()), new BigInteger(1, exponent.toArray())));
        } catch (GeneralSecurityException e) {
            throw new Malformed("modulus and exponent are not those of an RSA key");
        }
    }
}

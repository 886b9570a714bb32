package dev.slipway.fdo.key;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.KeyType;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A device's request for a certificate (PKCS#10, RFC 2986), signed by its own key.
 *
 * @param key P-256 or P-384
 * @param subject that it asks for, in DER: nobody's word but its own
 */
public record CertificateRequest(PublicKey key, Bytes subject) {

    /**
     * The hash of the signature need not fit the curve: one client always takes SHA-256.
     *
     * @throws Malformed if it is no PKCS#10 request for an EC key
     * @throws Invalid if the key is on another curve, or the signature does not verify
     */
    public static CertificateRequest verify(Bytes der) {
        CertificationRequest request = parse(der);
        PublicKey key = key(request);
        try {
            Signature verifier = Signature.getInstance(signatureAlgorithm(request));
            verifier.initVerify(key);
            verifier.update(request.getCertificationRequestInfo().getEncoded(ASN1Encoding.DER));
            if (!verifier.verify(request.getSignature().getOctets())) {
                throw new Invalid("certificate request is not signed by its own key");
            }
            return new CertificateRequest(key, Bytes.owning(request.getCertificationRequestInfo().getSubject().getEncoded(ASN1Encoding.DER)));
        } catch (GeneralSecurityException | IOException e) {
            throw new Invalid("signature of the certificate request cannot be checked");
        }
    }

    /** What is verified above is encoded anew, so it has to be the very octets that were received. */
    private static CertificationRequest parse(Bytes der) {
        try {
            CertificationRequest request = CertificationRequest.getInstance(der.toArray());
            if (!Bytes.owning(request.getEncoded(ASN1Encoding.DER)).equals(der)) {
                throw new Malformed("certificate request is not in DER, or has octets after it");
            }
            return request;
        } catch (IOException | IllegalArgumentException e) {
            throw new Malformed("not a PKCS#10 certificate request");
        }
    }

    private static String signatureAlgorithm(CertificationRequest request) {
        ASN1ObjectIdentifier algorithm = request.getSignatureAlgorithm().getAlgorithm();
        if (algorithm.equals(X9ObjectIdentifiers.ecdsa_with_SHA256)) {
            return "SHA256withECDSA";
        }
        if (algorithm.equals(X9ObjectIdentifiers.ecdsa_with_SHA384)) {
            return "SHA384withECDSA";
        }
        throw new Invalid("certificate request is signed with " + algorithm + ", not with ECDSA and SHA-256 or SHA-384");
    }

    private static PublicKey key(CertificationRequest request) {
        try {
            byte[] spki = request.getCertificationRequestInfo().getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER);
            ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            if (KeyType.of(key).isEmpty()) {
                throw new Invalid("key of the certificate request is neither P-256 nor P-384");
            }
            return key;
        } catch (IOException | GeneralSecurityException | ClassCastException e) {
            throw new Malformed("certificate request without an EC key");
        }
    }
}

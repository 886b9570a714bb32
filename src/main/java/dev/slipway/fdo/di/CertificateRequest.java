package dev.slipway.fdo.di;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.KeyType;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** A device's request for a certificate (PKCS#10, RFC 2986). Only its key is of use; the subject it asks for is not ours to vouch for. */
final class CertificateRequest {

    private CertificateRequest() {}

    /**
     * The key, whose private half signed the request. The hash of that signature need not fit the curve: one client always takes SHA-256.
     *
     * @throws Malformed if it is no PKCS#10 request for an EC key
     * @throws Invalid if the signature does not verify, or the key is not of the announced type
     */
    static PublicKey verify(Bytes der, KeyType announced) {
        PKCS10CertificationRequest request = parse(der);
        PublicKey key = key(request, announced);
        try {
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new Invalid("certificate request is not signed by its own key");
            }
        } catch (OperatorCreationException | PKCSException e) {
            throw new Invalid("signature of the certificate request cannot be checked");
        }
        return key;
    }

    private static PKCS10CertificationRequest parse(Bytes der) {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(der.toArray());
            if (request.getEncoded().length != der.length()) {
                throw new Malformed("octets after the certificate request");
            }
            return request;
        } catch (IOException | RuntimeException e) {
            throw new Malformed("not a PKCS#10 certificate request");
        }
    }

    private static PublicKey key(PKCS10CertificationRequest request, KeyType announced) {
        try {
            byte[] spki = request.getSubjectPublicKeyInfo().getEncoded();
            ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            if (KeyType.of(key).filter(announced::equals).isEmpty()) {
                throw new Invalid("key of the certificate request is not " + announced);
            }
            return key;
        } catch (IOException | GeneralSecurityException | ClassCastException e) {
            throw new Malformed("certificate request without an EC key");
        }
    }
}

package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.der.Der;
import dev.slipway.failure.Failure.Malformed;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/**
 * An EK certificate as it is read from a TPM, where NV indices are often larger than what was written to them.
 *
 * @param der without padding
 * @param key in the form that JCA has for it
 */
public record EkCertificate(Bytes der, X509Certificate certificate, PublicKey key) {

    private static final int MAX_OCTETS = 16 * 1024;
    private static final int ERASED = 0xff;

    /** 1.2.840.113549.1.1.7, in some certificates instead of 1.2.840.113549.1.1.1. */
    private static final Bytes RSAES_OAEP = Bytes.fromHex("2a864886f70d010107");

    private static final Bytes RSA_ALGORITHM = Bytes.fromHex("300d06092a864886f70d0101010500");

    /** @throws Malformed if it is not one X.509 certificate, followed by nothing but octets 00 or FF */
    public static EkCertificate decode(Bytes nvContent) {
        if (nvContent.length() > MAX_OCTETS) {
            throw new Malformed("EK certificate of " + nvContent.length() + " octets");
        }
        Der element = Der.first(nvContent);
        for (int i = element.whole().length(); i < nvContent.length(); i++) {
            if (nvContent.at(i) != 0 && nvContent.at(i) != ERASED) {
                throw new Malformed("EK certificate is followed by something else than padding");
            }
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(element.whole().toArray()));
            return new EkCertificate(element.whole(), certificate, plainKey(certificate.getPublicKey()));
        } catch (CertificateException e) {
            throw new Malformed("EK certificate is no X.509 certificate");
        }
    }

    /** The JDK makes no RSA key of one that is marked for OAEP only; its numbers are the same. */
    private static PublicKey plainKey(PublicKey key) {
        List<Der> spki = Der.first(Bytes.owning(key.getEncoded())).children();
        Der algorithm = Der.first(spki.get(0).content());
        if (!algorithm.content().equals(RSAES_OAEP)) {
            return key;
        }
        Bytes plain = Der.of(Der.SEQUENCE, Bytes.concat(RSA_ALGORITHM, spki.get(1).whole())).whole();
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(plain.toArray()));
        } catch (GeneralSecurityException e) {
            throw new Malformed("EK certificate holds no RSA key");
        }
    }

    /** Short, and nothing that tells one TPM from another: an EK certificate never changes, so it would follow a machine through all logs. */
    @Override
    public String toString() {
        return "EkCertificate[" + der.length() + " octets]";
    }
}

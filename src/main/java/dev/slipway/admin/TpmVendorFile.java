package dev.slipway.admin;

import dev.slipway.bytes.Bytes;
import dev.slipway.der.Der;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.key.PublicKeyPem;
import dev.slipway.fdo.type.CertificateChain;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates as TPM vendors publish them: PEM, or one in DER. */
final class TpmVendorFile {

    private static final int NO_CA = -1;

    private TpmVendorFile() {}

    /** @throws Malformed if it is neither, or one of them is not that of a CA */
    static List<X509Certificate> certificates(byte[] file) {
        List<X509Certificate> certificates = file.length > 0 && file[0] == Der.SEQUENCE
                ? CertificateChain.of(List.of(Bytes.owning(file))).certificates()
                : PublicKeyPem.decodeCertificates(new String(file, StandardCharsets.UTF_8));
        for (X509Certificate certificate : certificates) {
            if (certificate.getBasicConstraints() == NO_CA) {
                throw new Malformed("the certificate of " + certificate.getSubjectX500Principal().getName()
                        + " is not that of a CA; add the root of the TPM's vendor, and those between it and the EK certificates");
            }
        }
        return certificates;
    }
}

package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.EkCertificate;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.TpmtPublic;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the line asks for, well formed and not yet believed.
 *
 * @param guid of the voucher; empty if the device is initialised later
 * @param ekCertificate empty for a TPM without one
 * @param ekChain certificates above it, which help to find the vendor's root
 * @param wish what the line wants certified
 */
public record EnrollmentRequest(
        Optional<Guid> guid,
        TpmtPublic ek,
        Optional<EkCertificate> ekCertificate,
        List<X509Certificate> ekChain,
        TpmtPublic ak,
        TpmtPublic deviceKey,
        CertificateWish wish) {

    private static final int MAX_CHAIN = 5;

    public EnrollmentRequest {
        ekChain = List.copyOf(ekChain);
    }

    /**
     * @param ekPub TPM2B_PUBLIC, as are {@code akPub} and {@code devicePub}
     * @param ekCert DER, with padding or without
     * @param ekChain DER
     * @throws Malformed if one of them is something else, or there are too many
     */
    public static EnrollmentRequest decode(
            Optional<Guid> guid, Bytes ekPub, Optional<Bytes> ekCert, List<Bytes> ekChain, Bytes akPub, Bytes devicePub, CertificateWish wish) {
        if (ekChain.size() > MAX_CHAIN) {
            throw new Malformed(ekChain.size() + " certificates above that of the EK, where " + MAX_CHAIN + " are the most");
        }
        return new EnrollmentRequest(
                guid,
                TpmtPublic.decodeSized(ekPub),
                ekCert.map(EkCertificate::decode),
                CertificateChain.parseAll(ekChain),
                TpmtPublic.decodeSized(akPub),
                TpmtPublic.decodeSized(devicePub),
                wish);
    }

    /** DER, the EK's own certificate first. */
    List<Bytes> encodedEkChain() {
        return Stream.concat(ekCertificate.map(EkCertificate::certificate).stream(), ekChain.stream()).map(EnrollmentRequest::encoded).toList();
    }

    private static Bytes encoded(X509Certificate certificate) {
        try {
            return Bytes.owning(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded cannot be encoded", e);
        }
    }
}

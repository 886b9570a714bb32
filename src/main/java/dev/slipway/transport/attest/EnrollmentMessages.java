package dev.slipway.transport.attest;

import dev.slipway.attestation.SignedAttest;
import dev.slipway.attestation.enrollment.CertificateWish;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.enrollment.EnrollmentChallenge;
import dev.slipway.attestation.enrollment.EnrollmentProof;
import dev.slipway.attestation.enrollment.EnrollmentRequest;
import dev.slipway.attestation.enrollment.EnrollmentService;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.CreationData;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of an enrolment.
 *
 * <pre>
 * request:   guid (optional), ek_pub, ek_cert (optional), ek_chain (a list, optional), ak_pub, device_pub,
 *            csr (PKCS#10, optional), want ("ak_cert", optional)
 * challenge: enrollment_id, nonce, ak_credential, device_credential, expires_in (seconds)
 * proof:     proof (hex), creation, creation_sig, creation_data and/or certify, certify_sig
 * enrolled:  status, guid (where there is one), ek_status, ak_name, device_key_name,
 *            device_cert (where there was a csr), ak_cert (where it was wanted)
 * </pre>
 */
final class EnrollmentMessages {

    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int SHA256_OCTETS = 32;
    private static final Set<String> REQUEST = Set.of("guid", "ek_pub", "ek_cert", "ek_chain", "ak_pub", "device_pub", "csr", "want");
    private static final Set<String> PROOF = Set.of("proof", "creation", "creation_sig", "creation_data", "certify", "certify_sig");

    private EnrollmentMessages() {}

    static EnrollmentRequest request(Parts parts) {
        parts.requireOnly(REQUEST);
        return EnrollmentRequest.decode(
                parts.text("guid").map(EnrollmentMessages::guid),
                parts.octets("ek_pub"),
                parts.optionalOctets("ek_cert"),
                parts.listOfOctets("ek_chain"),
                parts.octets("ak_pub"),
                parts.octets("device_pub"),
                new CertificateWish(parts.optionalOctets("csr"), parts.text("want").map(EnrollmentMessages::wantsAkCertificate).orElse(false)));
    }

    private static boolean wantsAkCertificate(String want) {
        if (!want.strip().equals("ak_cert")) {
            throw new Malformed("'want' is not ak_cert, all that can be wanted without a csr");
        }
        return true;
    }

    static Guid guid(String text) {
        try {
            return Guid.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new Malformed("'guid' is not a GUID");
        }
    }

    static Reply challenge(EnrollmentChallenge challenge) {
        return new Reply(CREATED)
                .with("enrollment_id", challenge.id().toHex())
                .with("nonce", challenge.nonce())
                .with("ak_credential", challenge.akCredential().encode())
                .with("device_credential", challenge.deviceCredential().encode())
                .with("expires_in", challenge.expiresIn().toSeconds());
    }

    static EnrollmentProof proof(Parts parts) {
        parts.requireOnly(PROOF);
        Optional<EnrollmentProof.Creation> creation = parts.optionalOctets("creation")
                .map(attest -> new EnrollmentProof.Creation(
                        SignedAttest.decode(attest, parts.octets("creation_sig")), CreationData.decodeSized(parts.octets("creation_data"))));
        Optional<SignedAttest> certification =
                parts.optionalOctets("certify").map(attest -> SignedAttest.decode(attest, parts.octets("certify_sig")));
        return new EnrollmentProof(parts.hex("proof", SHA256_OCTETS), creation, certification);
    }

    static Bytes id(String hex) {
        return Bytes.fromHex(hex);
    }

    static Reply enrolled(EnrollmentService.Proven proven) {
        Enrollment enrollment = proven.enrollment();
        Reply reply = new Reply(OK).with("status", "enrolled");
        enrollment.guid().ifPresent(guid -> reply.with("guid", guid.toString()));
        reply.with("ek_status", enrollment.ekStatus().name())
                .with("ak_name", enrollment.ak().name().toString())
                .with("device_key_name", enrollment.deviceKey().name().toString());
        proven.certificates().device().ifPresent(certificate -> reply.with("device_cert", der(certificate)));
        proven.certificates().ak().ifPresent(certificate -> reply.with("ak_cert", der(certificate)));
        return reply;
    }

    private static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.owning(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate just made cannot be encoded", e);
        }
    }
}

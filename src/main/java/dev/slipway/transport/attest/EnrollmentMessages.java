package dev.slipway.transport.attest;

import dev.slipway.attestation.SignedAttest;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.enrollment.EnrollmentChallenge;
import dev.slipway.attestation.enrollment.EnrollmentProof;
import dev.slipway.attestation.enrollment.EnrollmentRequest;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.CreationData;
import java.util.Optional;
import java.util.Set;

/**
 * The messages of an enrolment.
 *
 * <pre>
 * request:   guid (optional), ek_pub, ek_cert (optional), ek_chain (a list, optional), ak_pub, device_pub
 * challenge: enrollment_id, nonce, ak_credential, device_credential, expires_in (seconds)
 * proof:     proof (hex), creation, creation_sig, creation_data and/or certify, certify_sig
 * enrolled:  status, guid (where there is one), ek_status, ak_name, device_key_name
 * </pre>
 */
final class EnrollmentMessages {

    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int SHA256_OCTETS = 32;
    private static final Set<String> REQUEST = Set.of("guid", "ek_pub", "ek_cert", "ek_chain", "ak_pub", "device_pub");
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
                parts.octets("device_pub"));
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

    static Reply enrolled(Enrollment enrollment) {
        Reply reply = new Reply(OK).with("status", "enrolled");
        enrollment.guid().ifPresent(guid -> reply.with("guid", guid.toString()));
        return reply.with("ek_status", enrollment.ekStatus().name())
                .with("ak_name", enrollment.ak().name().toString())
                .with("device_key_name", enrollment.deviceKey().name().toString());
    }
}

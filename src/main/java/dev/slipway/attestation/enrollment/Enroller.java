package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.CertifyVerifier;
import dev.slipway.attestation.EkCertificateVerifier;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.MakeCredential;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.enrollment.EnrollmentState.Challenged;
import dev.slipway.attestation.enrollment.EnrollmentState.Claim;
import dev.slipway.attestation.enrollment.EnrollmentState.Locked;
import dev.slipway.attestation.enrollment.EnrollmentState.Open;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmtPublic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The two steps of an enrolment: a request is answered with a challenge, and its proof with the binding. */
public final class Enroller {

    private static final Bytes LABEL = Bytes.owning("tpm-enrol-v1\0".getBytes(StandardCharsets.US_ASCII));
    private static final Guid NO_GUID = new Guid(Bytes.owning(new byte[Guid.OCTETS]));
    private static final int ID_OCTETS = 16;
    private static final int SECRET_OCTETS = 32;

    private final ClaimVerifier claims;
    private final EnrolledDevices devices;
    private final EnrollmentPolicy policy;
    private final RandomSource random;
    private final MakeCredential credentials;

    public Enroller(EkCertificateVerifier ekCertificates, EnrolledDevices devices, EnrollmentPolicy policy, RandomSource random) {
        this.claims = new ClaimVerifier(ekCertificates, devices, policy.pinnedEks());
        this.devices = devices;
        this.policy = policy;
        this.random = random;
        this.credentials = new MakeCredential(random);
    }

    /** @param state to be stored before the challenge is sent */
    public record Begun(Challenged state, EnrollmentChallenge challenge) {}

    /** How an answer was received; {@code next} is to be stored in either case. */
    public sealed interface Answered {

        EnrollmentState next();

        record Enrolled(EnrollmentState next, Enrollment enrollment) implements Answered {}

        record Refused(EnrollmentState next, AttestationRejected reason) implements Answered {}
    }

    /**
     * @throws AttestationRejected if the request is not worth a challenge; the state stays as it is
     */
    public Begun begin(EnrollmentState state, EnrollmentRequest request, Instant now) {
        int failures =
                switch (state) {
                    case Open open -> open.failures();
                    case Challenged challenged -> challenged.failures();
                    case Locked locked -> throw Reason.GUID_LOCKED.rejected("guid", "too many wrong answers; an operator has to release it");
                };
        Claim claim = claims.verify(request, now);
        EndorsementKey ek = claim.ek();
        Bytes id = random.next(ID_OCTETS);
        Bytes nonce = nonce(claim, id);
        try (SecretBytes akSecret = SecretBytes.owning(random.next(SECRET_OCTETS).toArray());
                SecretBytes deviceSecret = SecretBytes.owning(random.next(SECRET_OCTETS).toArray())) {
            EnrollmentChallenge challenge = new EnrollmentChallenge(
                    id,
                    nonce,
                    credentials.make(ek, claim.ak().name(), akSecret),
                    credentials.make(ek, claim.deviceKey().name(), deviceSecret),
                    policy.validity());
            Challenged next = new Challenged(id, claim, proof(nonce, akSecret, deviceSecret), now.plus(policy.validity()), failures);
            return new Begun(next, challenge);
        }
    }

    /** <pre>SHA-256("tpm-enrol-v1" 00 ‖ guid, or zeros ‖ id ‖ Name(EK) ‖ Name(AK) ‖ Name(device key) ‖ 32 random octets)</pre> */
    private Bytes nonce(Claim claim, Bytes id) {
        return TpmHash.TPM_ALG_SHA256.digest(
                LABEL,
                claim.guid().orElse(NO_GUID).value(),
                id,
                claim.ek().name().value(),
                claim.ak().name().value(),
                claim.deviceKey().name().value(),
                random.next(SECRET_OCTETS));
    }

    private static SecretBytes proof(Bytes nonce, SecretBytes akSecret, SecretBytes deviceSecret) {
        Bytes proof = TpmHash.TPM_ALG_SHA256.digest(nonce, akSecret.slice(0, akSecret.length()), deviceSecret.slice(0, deviceSecret.length()));
        return SecretBytes.owning(proof.toArray());
    }

    /**
     * @param id of the challenge that is answered
     * @throws AttestationRejected if there is no such challenge; the state stays as it is
     */
    public Answered prove(EnrollmentState state, Bytes id, EnrollmentProof proof, Instant now) {
        // spec: a challenge is answered that was made for this device, and that was not answered before
        if (!(state instanceof Challenged challenged) || !challenged.id().equals(id)) {
            throw Reason.SESSION_UNKNOWN.rejected("enrollment", "there is no such challenge; begin again");
        }
        if (!now.isBefore(challenged.expires())) {
            return new Answered.Refused(
                    new Open(challenged.failures()), Reason.SESSION_UNKNOWN.rejected("enrollment", "the challenge has expired; begin again"));
        }
        try {
            verify(challenged, proof);
        } catch (AttestationRejected refused) {
            return new Answered.Refused(afterFailure(challenged), refused);
        } catch (Malformed refused) {
            return new Answered.Refused(afterFailure(challenged), Reason.PARSE.rejected("enrollment", refused.getMessage()));
        }
        return new Answered.Enrolled(Open.FIRST, enrollment(challenged.claim(), proof, now));
    }

    /** One wrong answer uses the challenge up. */
    private EnrollmentState afterFailure(Challenged challenged) {
        int failures = challenged.failures() + 1;
        return failures < policy.maxFailures() ? new Open(failures) : new Locked();
    }

    private static void verify(Challenged challenged, EnrollmentProof proof) {
        Claim claim = challenged.claim();
        // spec: both credentials were opened, so EK, AK and device key are in one TPM
        if (!challenged.expectedProof().constantTimeEquals(SecretBytes.owning(proof.proof().toArray()))) {
            throw Reason.ACTIVATION.rejected("proof", "the credentials were not opened by the TPM of this EK with these keys in it");
        }
        // spec: the AK vouches for the device key, for all to see; with this proof in it if the tools can do that
        proof.creation().ifPresent(creation -> CertifyVerifier.verifyCreation(
                creation.signed(), claim.ak(), claim.deviceKey().publicArea(), creation.data(), Optional.of(proof.proof())));
        proof.certification().ifPresent(signed -> CertifyVerifier.verify(signed, claim.ak(), claim.deviceKey().publicArea()));
    }

    /** A TPM that was enrolled by another of its EKs has now two of them. */
    private Enrollment enrollment(Claim claim, EnrollmentProof proof, Instant now) {
        TpmtPublic ek = claim.ek().publicArea();
        List<TpmtPublic> before = claim.guid()
                .flatMap(devices::ofGuid)
                .or(() -> devices.ofKey(claim.deviceKey().name()))
                .filter(bound -> bound.isOf(ek.name(), claim.deviceKey().name()))
                .map(Enrollment::eks)
                .orElse(List.of());
        List<TpmtPublic> eks = Stream.concat(before.stream().filter(known -> !known.equals(ek)), Stream.of(ek)).toList();
        return new Enrollment(
                claim.guid(), eks, claim.ekStatus(), claim.tpm(), claim.ak().publicArea(), claim.deviceKey().publicArea(),
                Optional.of(proof.evidence(claim).encode()), now);
    }
}

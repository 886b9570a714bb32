package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.AttestationKey;
import dev.slipway.attestation.DeviceKey;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.TpmIdentity;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the enrolment of a device has come; kept by GUID, or by the Name of the device key while there is none. There is one challenge at
 * a time: a new one replaces the one before. An {@link Enrollment} that was made before stands until another one is made.
 */
public sealed interface EnrollmentState {

    /** @param failures wrong answers until now */
    record Open(int failures) implements EnrollmentState {

        public static final Open FIRST = new Open(0);
    }

    /**
     * @param expectedProof what only the TPM can find out
     * @param expires the first moment at which no answer is taken any more
     * @param failures wrong answers to challenges before this one
     */
    record Challenged(Bytes id, Claim claim, SecretBytes expectedProof, Instant expires, int failures) implements EnrollmentState {}

    /** There were too many wrong answers; an operator has to look before there is another challenge. */
    record Locked() implements EnrollmentState {}

    /**
     * What is to be proven: sound in itself, and at odds with nothing that is known.
     *
     * @param ekChain certificates of the EK, DER, its own first; none for a pinned EK
     */
    record Claim(
            Optional<Guid> guid, EndorsementKey ek, List<Bytes> ekChain, EkStatus ekStatus, Optional<TpmIdentity> tpm, AttestationKey ak,
            DeviceKey deviceKey, PromisedCertificates certificates) {}
}

package dev.slipway.attestation.enrollment;

import dev.slipway.audit.AuditEvent;
import java.util.List;
import java.util.Optional;

/** Where enrolments are kept, and what operators have to decide about them. What changes is on disk, with its event, when a method returns. */
public interface EnrollmentStore extends EnrolledDevices {

    /** The enrolment of a subject. */
    Optional<Enrollment> find(Subject subject);

    /**
     * Binds a device key to its TPM. Whatever was contradicted about it is settled.
     *
     * @throws dev.slipway.failure.Failure.AttestationRejected if the GUID or one of the keys was bound to another TPM meanwhile
     */
    void bind(Enrollment enrollment, AuditEvent event);

    /** Keeps what an operator has to look at. Of one subject some are kept, and no more of a TPM that is among them. */
    void contradict(Contradiction contradiction, AuditEvent event);

    /** Oldest first. */
    List<Contradiction> contradictions(Subject subject);

    /** Whether there were too many wrong answers. */
    boolean isLocked(Subject subject);

    /**
     * Lets the TPM that contradicts take the place of the enrolled one: it may be enrolled from now on. Until then nothing changes.
     *
     * @throws dev.slipway.failure.Failure.Conflict if there is not exactly one such TPM
     */
    void accept(Subject subject, AuditEvent event);

    /** Drops what was contradicted, and a lock; the enrolment stands. How many there were. */
    int reject(Subject subject, AuditEvent event);

    /**
     * Forgets the enrolment, too: any TPM may be enrolled again.
     *
     * @return whether there was anything
     */
    boolean forget(Subject subject, AuditEvent event);
}

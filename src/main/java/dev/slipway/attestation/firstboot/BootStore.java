package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.EnrolledAk;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.VerifiedQuote;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.audit.AuditEvent;
import java.util.List;
import java.util.Optional;

/** What is known of the boots of enrolled devices. What changes is on disk, with its event, when a method returns. */
public interface BootStore extends EnrolledAk.Repository {

    /** @param accepted what an operator accepted of its boots */
    record EnrolledBoot(Enrollment enrollment, Optional<AcceptedBoot> accepted) {}

    Optional<EnrolledBoot> enrolled(BootIdentity identity);

    /** What the device of a subject quoted last. */
    Optional<PcrValues> lastQuoted(Subject subject);

    /** What the device of a subject sent last. */
    Optional<KeptEvidence> lastEvidence(Subject subject);

    /** What was made of it. */
    Optional<BootVerdict> lastVerdict(Subject subject);

    /** The devices that a policy let in when they booted last, the latest first; each by its GUID, if it has one. */
    List<Subject> letInBy(String policy, int limit);

    /**
     * Keeps what a TPM quoted, its clock, what came with it, and what was made of it. If that is a rejection, a ticket that the device won by
     * an earlier quote ends with it, unless it was used: what is leased was given out already, and the lease goes on.
     *
     * @param quote verified, so that nobody but the device's own TPM ends anything
     * @throws dev.slipway.failure.Failure.AttestationRejected if the clock went back, as seen by another quote meanwhile
     */
    void quoted(VerifiedQuote quote, BootEvidence evidence, BootVerdict verdict, AuditEvent event);

    /**
     * Accepts what the device quoted last.
     *
     * @throws dev.slipway.failure.Failure.Conflict if it quoted nothing yet, or registers that no firmware extended
     */
    void acceptLast(Subject subject, AuditEvent event);

    /**
     * Accepts whatever the device boots, and records it.
     *
     * @return whether it was otherwise before
     */
    boolean recordOnly(Subject subject, AuditEvent event);
}

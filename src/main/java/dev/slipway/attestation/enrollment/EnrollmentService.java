package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.Reason;
import dev.slipway.attestation.TpmIdentity;
import dev.slipway.attestation.enrollment.Enroller.Answered;
import dev.slipway.attestation.enrollment.EnrollmentState.Challenged;
import dev.slipway.attestation.enrollment.EnrollmentState.Claim;
import dev.slipway.attestation.enrollment.EnrollmentState.Locked;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.fdo.key.DeviceCa;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmHash;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Enrolments at a line: keeps their challenges in memory, and what comes of them on disk. */
public final class EnrollmentService {

    private static final String LINE = "station";
    private static final int LOCKS = 64;
    private static final int HEX = 16;
    private static final Set<String> CONTRADICTIONS = Set.of(Reason.GUID_BOUND_TO_OTHER_TPM.name(), Reason.VOUCHER_KEY_MISMATCH.name());

    private final Enroller enroller;
    private final KeyCertifier certifier;
    private final EnrollmentStore store;
    private final PendingEnrollments pending;
    private final Clock clock;
    /** Whoever changes the state of a subject has the lock of its number. */
    private final ReentrantLock[] locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    /**
     * @param deviceCa that certifies enrolled keys; empty where none is certified
     * @param limit enrolments that wait for their answers at once
     */
    public EnrollmentService(Enroller enroller, Optional<DeviceCa> deviceCa, EnrollmentStore store, int limit, Clock clock) {
        this.enroller = enroller;
        this.certifier = new KeyCertifier(deviceCa);
        this.store = store;
        this.pending = new PendingEnrollments(limit);
        this.clock = clock;
    }

    /** @param certificates that were wanted of it */
    public record Proven(Enrollment enrollment, IssuedCertificates certificates) {}

    /**
     * @throws AttestationRejected if the request is not worth a challenge; where it contradicts what is known, an operator will see it
     * @throws dev.slipway.failure.Failure.Busy if too many wait already
     */
    public EnrollmentChallenge begin(EnrollmentRequest request) {
        certifier.requireAble(request.wish());
        Instant now = now();
        Subject subject = Subject.of(request);
        ReentrantLock lock = lock(subject);
        try {
            EnrollmentState state = store.isLocked(subject) ? new Locked() : pending.get(subject, now);
            Enroller.Begun begun = enroller.begin(state, request, now);
            pending.put(subject, begun.state(), now);
            return begun.challenge();
        } catch (AttestationRejected refused) {
            keepIfContradicting(refused, subject, request.ek().name(), request.deviceKey().name(), now);
            throw refused;
        } finally {
            lock.unlock();
        }
    }

    /** The GUID of a challenge that was not answered yet. */
    public Optional<Guid> guid(Bytes id) {
        return pending.subject(id).flatMap(Subject::guid);
    }

    /**
     * @param id of the challenge
     * @throws AttestationRejected if the proof does not convince; the challenge is used up
     */
    public Proven prove(Bytes id, EnrollmentProof proof) {
        Instant now = now();
        Subject subject = pending.subject(id)
                .orElseThrow(() -> Reason.SESSION_UNKNOWN.rejected("enrollment", "there is no such challenge, or it was answered; begin again"));
        ReentrantLock lock = lock(subject);
        try {
            EnrollmentState state = pending.get(subject, now);
            Answered answered = enroller.prove(state, id, proof, now);
            pending.put(subject, answered.next(), now);
            return switch (answered) {
                case Answered.Enrolled enrolled -> bind(subject, enrolled.enrollment(), certifier.issue(((Challenged) state).claim()), now);
                case Answered.Refused refused -> throw refusal(subject, (Challenged) state, refused, now);
            };
        } finally {
            lock.unlock();
        }
    }

    private Proven bind(Subject subject, Enrollment enrollment, IssuedCertificates certificates, Instant now) {
        Map<String, String> facts = new HashMap<>(Map.of(
                "ek", fingerprint(enrollment.latestEk().name()),
                "ekStatus", enrollment.ekStatus().name(),
                "ak", enrollment.ak().name().toString(),
                "deviceKey", enrollment.deviceKey().name().toString()));
        enrollment.tpm().map(TpmIdentity::toString).ifPresent(tpm -> facts.put("tpm", tpm));
        certificates.device().ifPresent(certificate -> facts.put("deviceCertificate", serial(certificate)));
        certificates.ak().ifPresent(certificate -> facts.put("akCertificate", serial(certificate)));
        AuditEvent event = new AuditEvent(
                "enrollment.completed", now, LINE, enrollment.guid().map(Guid::toString), AuditEvent.Outcome.DONE, "", facts);
        try {
            store.bind(enrollment, event);
        } catch (AttestationRejected refused) {
            keepIfContradicting(refused, subject, enrollment.latestEk().name(), enrollment.deviceKey().name(), now);
            throw refused;
        }
        return new Proven(enrollment, certificates);
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(HEX);
    }

    private AttestationRejected refusal(Subject subject, Challenged challenged, Answered.Refused refused, Instant now) {
        if (refused.next() instanceof Locked) {
            Claim claim = challenged.claim();
            contradict(subject, claim.ek().name(), claim.deviceKey().name(), Reason.GUID_LOCKED, now);
            // From now on the lock is where an operator can release it.
            pending.put(subject, EnrollmentState.Open.FIRST, now);
        }
        return refused.reason();
    }

    private void keepIfContradicting(AttestationRejected refused, Subject subject, Name ek, Name deviceKey, Instant now) {
        if (CONTRADICTIONS.contains(refused.code())) {
            contradict(subject, ek, deviceKey, Reason.valueOf(refused.code()), now);
        }
    }

    private void contradict(Subject subject, Name ek, Name deviceKey, Reason reason, Instant now) {
        AuditEvent event = AuditEvent.refused(
                "enrollment.contradicted", now, LINE, subject.guid().map(Guid::toString), reason.name(),
                Map.of("ek", fingerprint(ek), "deviceKey", deviceKey.toString()));
        store.contradict(new Contradiction(subject, ek, deviceKey, reason, now, false), event);
    }

    /** An EK never changes: its Name would follow a machine through all logs. */
    private static String fingerprint(Name ek) {
        return TpmHash.TPM_ALG_SHA256.digest(ek.value()).toHex();
    }

    private ReentrantLock lock(Subject subject) {
        ReentrantLock lock = locks[Math.floorMod(subject.hashCode(), LOCKS)];
        lock.lock();
        return lock;
    }

    /** As exact as storage is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.enrollment.EnrollmentState.Challenged;
import dev.slipway.attestation.enrollment.EnrollmentState.Open;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Busy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far enrolments have come, in memory: so many at most. One that is lost is begun again. */
final class PendingEnrollments {

    /** How long wrong answers are remembered. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private record Pending(EnrollmentState state, Instant until) {

        private boolean isChallengeAt(Instant now) {
            return state instanceof Challenged challenged && now.isBefore(challenged.expires());
        }
    }

    private final int limit;
    /** The one that changed last is the last. */
    private final Map<Subject, Pending> pending = new LinkedHashMap<>();
    private final Map<Bytes, Subject> subjects = new HashMap<>();

    PendingEnrollments(int limit) {
        this.limit = limit;
    }

    synchronized EnrollmentState get(Subject subject, Instant now) {
        Pending known = pending.get(subject);
        return known != null && now.isBefore(known.until()) ? known.state() : Open.FIRST;
    }

    /** The subject of the challenge with this id, if it was not answered. */
    synchronized Optional<Subject> subject(Bytes id) {
        return Optional.ofNullable(subjects.get(id));
    }

    /** @throws Busy if so many wait for their answers already */
    synchronized void put(Subject subject, EnrollmentState state, Instant now) {
        remove(subject);
        if (pending.size() >= limit) {
            makeRoom(now);
        }
        if (!state.equals(Open.FIRST)) {
            pending.put(subject, new Pending(state, now.plus(MEMORY)));
        }
        if (state instanceof Challenged challenged) {
            subjects.put(challenged.id(), subject);
        }
    }

    private void remove(Subject subject) {
        Pending before = pending.remove(subject);
        if (before != null && before.state() instanceof Challenged challenged) {
            subjects.remove(challenged.id());
        }
    }

    private void makeRoom(Instant now) {
        for (Iterator<Map.Entry<Subject, Pending>> all = pending.entrySet().iterator(); all.hasNext(); ) {
            Pending one = all.next().getValue();
            if (!one.isChallengeAt(now)) {
                all.remove();
                if (one.state() instanceof Challenged challenged) {
                    subjects.remove(challenged.id());
                }
            }
        }
        if (pending.size() >= limit) {
            throw new Busy(limit + " enrolments wait for their answers; see slipway.limits.enrollments");
        }
    }
}

package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.QuoteChallenge;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Challenges that wait for their answers, in memory: so many at most, and few of one device from one address. Each is taken once. */
final class BootChallenges {

    /** Of one device and one peer. */
    private static final int PER_DEVICE = 4;

    /** Whoever knows a device's GUID can ask in its name: from elsewhere that must not end the challenge that the device itself is answering. */
    private record Asked(Name ak, String peer) {}

    /**
     * @param peer the address that asked for it
     * @param ek what the answer's reward is encrypted to
     * @param guid of the device, for those who read of it
     */
    record Waiting(QuoteChallenge challenge, String peer, EndorsementKey ek, Optional<Guid> guid, Instant expires) {

        private Asked asked() {
            return new Asked(challenge.ak(), peer);
        }
    }

    private final int limit;
    /** In the order of their making, which is that of their end. */
    private final Map<Bytes, Waiting> waiting = new LinkedHashMap<>();
    /** Those of each AK and peer, the oldest first. */
    private final Map<Asked, Deque<Bytes>> asked = new HashMap<>();

    BootChallenges(int limit) {
        this.limit = limit;
    }

    /** @throws Busy if so many wait already */
    synchronized void add(Bytes session, Waiting added, Instant now) {
        removeExpired(now);
        Deque<Bytes> same = asked.getOrDefault(added.asked(), new ArrayDeque<>());
        if (same.size() >= PER_DEVICE) {
            remove(same.getFirst());
        } else if (waiting.size() >= limit) {
            throw new Busy(limit + " devices are attesting themselves; see slipway.limits.challenges");
        }
        waiting.put(session, added);
        asked.computeIfAbsent(added.asked(), first -> new ArrayDeque<>()).add(session);
    }

    private void removeExpired(Instant now) {
        while (!waiting.isEmpty()) {
            Map.Entry<Bytes, Waiting> oldest = waiting.entrySet().iterator().next();
            if (now.isBefore(oldest.getValue().expires())) {
                return;
            }
            remove(oldest.getKey());
        }
    }

    private Optional<Waiting> remove(Bytes session) {
        Optional<Waiting> removed = Optional.ofNullable(waiting.remove(session));
        removed.ifPresent(gone -> asked.computeIfPresent(gone.asked(), (same, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        }));
        return removed;
    }

    synchronized Optional<Guid> guid(Bytes session) {
        return Optional.ofNullable(waiting.get(session)).flatMap(Waiting::guid);
    }

    /** Takes it out: whatever comes of the answer, there is no second one. */
    synchronized Optional<Waiting> take(Bytes session, Instant now) {
        return remove(session).filter(known -> now.isBefore(known.expires()));
    }
}

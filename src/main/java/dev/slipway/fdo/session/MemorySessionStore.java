package dev.slipway.fdo.session;

import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.SessionUnknown;
import dev.slipway.fdo.type.RandomSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Sessions of a single node, in memory: bounded, and expiring. Each map is in the order of last use. */
public final class MemorySessionStore implements SessionStore {

    /** Longer than a client that goes on takes between two messages; one that waits out its own time limit may be let go. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(60);

    private static final class Slot {
        private Session session;
        private Instant lastUsed;
        private boolean claimed;

        private Slot(Session session, Instant lastUsed) {
            this.session = session;
            this.lastUsed = lastUsed;
        }
    }

    /** What a number of live sessions comes to. */
    private record Load(int sessions, long octets) {
        private static final Load NONE = new Load(0, 0);

        private Load with(Session session) {
            return new Load(sessions + 1, octets + session.octets());
        }

        private Load without(Session session) {
            return new Load(sessions - 1, octets - session.octets());
        }
    }

    private final Map<SessionToken, Slot> live = new LinkedHashMap<>();
    private final Map<SessionToken, Slot> finished = new LinkedHashMap<>();
    private final Map<String, Load> perPeer = new HashMap<>();
    private Load total = Load.NONE;
    private final SessionLimits limits;
    private final RandomSource random;
    private final Clock clock;

    public MemorySessionStore(SessionLimits limits, RandomSource random, Clock clock) {
        this.limits = limits;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public synchronized void admit(String peer) {
        expire();
        while (ofPeer(peer).sessions >= limits.livePerPeer()) {
            makeRoom(slot -> isOf(peer, slot), "more than " + limits.livePerPeer() + " sessions with " + peer, "sessions-per-peer");
        }
        while (ofPeer(peer).octets >= limits.octetsPerPeer()) {
            makeRoom(slot -> isOf(peer, slot), "sessions with " + peer + " of " + limits.octetsPerPeer() + " octets", "session-octets-per-peer");
        }
        while (total.sessions >= limits.live()) {
            makeRoom(slot -> true, "more than " + limits.live() + " sessions", "sessions");
        }
        while (total.octets >= limits.octets()) {
            makeRoom(slot -> true, "sessions of " + limits.octets() + " octets", "session-octets");
        }
    }

    private Load ofPeer(String peer) {
        return perPeer.getOrDefault(peer, Load.NONE);
    }

    private static boolean isOf(String peer, Slot slot) {
        return slot.session.peer().equals(peer);
    }

    private void makeRoom(Predicate<Slot> whose, String reached, String setting) {
        if (!evictLeftAlone(whose)) {
            throw new Busy(reached + "; see slipway.limits." + setting);
        }
    }

    /** Only those whose peer is slower than any that goes on: a flood must not end the sessions of others. */
    private boolean evictLeftAlone(Predicate<Slot> whose) {
        Instant before = clock.instant().minus(LEFT_ALONE);
        Iterator<Slot> oldestFirst = live.values().iterator();
        while (oldestFirst.hasNext()) {
            Slot slot = oldestFirst.next();
            if (!slot.lastUsed.isBefore(before)) {
                return false;
            }
            if (whose.test(slot) && !slot.claimed) {
                oldestFirst.remove();
                forget(slot);
                return true;
            }
        }
        return false;
    }

    private void count(Session session) {
        total = total.with(session);
        perPeer.merge(session.peer(), Load.NONE.with(session), (before, one) -> before.with(session));
    }

    private void forget(Slot slot) {
        Session session = slot.session;
        total = total.without(session);
        perPeer.computeIfPresent(session.peer(), (peer, load) -> load.sessions == 1 ? null : load.without(session));
    }

    @Override
    public SessionToken open(Session session) {
        SessionToken token = SessionToken.random(random);
        put(token, session);
        return token;
    }

    @Override
    public synchronized Claim claim(SessionToken token) {
        expire();
        Slot slot = live.containsKey(token) ? live.get(token) : finished.get(token);
        if (slot == null) {
            throw new SessionUnknown("no session for this token, or it has expired");
        }
        if (slot.claimed) {
            throw new Busy("a message of this session is being handled");
        }
        slot.claimed = true;
        return new SlotClaim(token, slot.session);
    }

    private synchronized void put(SessionToken token, Session session) {
        expire();
        remove(token);
        Slot slot = new Slot(session, clock.instant());
        if (session.finished()) {
            finished.put(token, slot);
            dropOldestFinished();
        } else {
            live.put(token, slot);
            count(session);
        }
    }

    private synchronized void remove(SessionToken token) {
        Slot before = live.remove(token);
        if (before != null) {
            forget(before);
        }
        finished.remove(token);
    }

    private synchronized void release(SessionToken token) {
        Slot slot = live.containsKey(token) ? live.get(token) : finished.get(token);
        if (slot != null) {
            slot.claimed = false;
        }
    }

    private void expire() {
        Instant now = clock.instant();
        expire(live, now.minus(limits.idle()), this::forget);
        expire(finished, now.minus(limits.repeat()), slot -> {});
    }

    private static void expire(Map<SessionToken, Slot> sessions, Instant before, Consumer<Slot> whenGone) {
        Iterator<Slot> oldestFirst = sessions.values().iterator();
        while (oldestFirst.hasNext()) {
            Slot slot = oldestFirst.next();
            if (!slot.lastUsed.isBefore(before)) {
                return;
            }
            oldestFirst.remove();
            whenGone.accept(slot);
        }
    }

    private void dropOldestFinished() {
        Iterator<Slot> oldestFirst = finished.values().iterator();
        while (finished.size() > limits.finished()) {
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    private final class SlotClaim implements Claim {
        private final SessionToken token;
        private final Session session;
        private boolean open = true;

        private SlotClaim(SessionToken token, Session session) {
            this.token = token;
            this.session = session;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public void moveOn(Session next) {
            open = false;
            put(token, next);
        }

        @Override
        public void end() {
            open = false;
            remove(token);
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                release(token);
            }
        }
    }
}

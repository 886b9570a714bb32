package dev.slipway.fdo.session;

import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.SessionUnknown;
import dev.slipway.fdo.type.RandomSource;
import java.time.Clock;
import java.time.Duration;
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

    /** A session, live ({@link Session}) or over ({@link FinishedSession}). */
    private static final class Slot<S> {
        private final S session;
        private final long lastUsedMillis;
        private boolean claimed;

        private Slot(S session, long lastUsedMillis) {
            this.session = session;
            this.lastUsedMillis = lastUsedMillis;
        }

        private S claim() {
            if (claimed) {
                throw new Busy("a message of this session is being handled");
            }
            claimed = true;
            return session;
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

    private final Map<SessionToken, Slot<Session>> live = new LinkedHashMap<>();
    private final Map<SessionToken, Slot<FinishedSession>> finished = new LinkedHashMap<>();
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

    private static boolean isOf(String peer, Slot<Session> slot) {
        return slot.session.peer().equals(peer);
    }

    private void makeRoom(Predicate<Slot<Session>> whose, String reached, String setting) {
        if (!evictLeftAlone(whose)) {
            throw new Busy(reached + "; see slipway.limits." + setting);
        }
    }

    /** Only those whose peer is slower than any that goes on: a flood must not end the sessions of others. */
    private boolean evictLeftAlone(Predicate<Slot<Session>> whose) {
        long before = clock.millis() - LEFT_ALONE.toMillis();
        Iterator<Slot<Session>> oldestFirst = live.values().iterator();
        while (oldestFirst.hasNext()) {
            Slot<Session> slot = oldestFirst.next();
            if (slot.lastUsedMillis >= before) {
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

    private void forget(Slot<Session> slot) {
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
        Slot<Session> going = live.get(token);
        if (going != null) {
            return new SlotClaim(token, going.claim());
        }
        Slot<FinishedSession> over = finished.get(token);
        if (over == null) {
            throw new SessionUnknown("no session for this token, or it has expired");
        }
        return new SlotClaim(token, over.claim().session());
    }

    private synchronized void put(SessionToken token, Session session) {
        expire();
        remove(token);
        if (session.finished()) {
            finished.put(token, new Slot<>(new FinishedSession(session), clock.millis()));
            dropOldestFinished();
        } else {
            live.put(token, new Slot<>(session, clock.millis()));
            count(session);
        }
    }

    private synchronized void remove(SessionToken token) {
        Slot<Session> before = live.remove(token);
        if (before != null) {
            forget(before);
        }
        finished.remove(token);
    }

    private synchronized void release(SessionToken token) {
        Slot<?> slot = live.containsKey(token) ? live.get(token) : finished.get(token);
        if (slot != null) {
            slot.claimed = false;
        }
    }

    private void expire() {
        long now = clock.millis();
        expire(live, now - limits.idle().toMillis(), this::forget);
        expire(finished, now - limits.repeat().toMillis(), slot -> {});
    }

    private static <S> void expire(Map<SessionToken, Slot<S>> sessions, long before, Consumer<Slot<S>> whenGone) {
        Iterator<Slot<S>> oldestFirst = sessions.values().iterator();
        while (oldestFirst.hasNext()) {
            Slot<S> slot = oldestFirst.next();
            if (slot.lastUsedMillis >= before) {
                return;
            }
            oldestFirst.remove();
            whenGone.accept(slot);
        }
    }

    private void dropOldestFinished() {
        Iterator<Slot<FinishedSession>> oldestFirst = finished.values().iterator();
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

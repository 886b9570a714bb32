package dev.slipway.fdo.session;

import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.SessionUnknown;
import dev.slipway.fdo.type.RandomSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sessions of a single node, in memory: bounded, and expiring. Each map is in the order of last use. */
public final class MemorySessionStore implements SessionStore {

    private static final class Slot {
        private Session session;
        private Instant lastUsed;
        private boolean claimed;

        private Slot(Session session, Instant lastUsed) {
            this.session = session;
            this.lastUsed = lastUsed;
        }
    }

    private final Map<SessionToken, Slot> live = new LinkedHashMap<>();
    private final Map<SessionToken, Slot> finished = new LinkedHashMap<>();
    private final SessionLimits limits;
    private final RandomSource random;
    private final Clock clock;

    public MemorySessionStore(SessionLimits limits, RandomSource random, Clock clock) {
        this.limits = limits;
        this.random = random;
        this.clock = clock;
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
        live.remove(token);
        finished.remove(token);
        Map<SessionToken, Slot> target = session.finished() ? finished : live;
        target.put(token, new Slot(session, clock.instant()));
        makeRoom(target, session.finished() ? limits.finished() : limits.live());
    }

    private synchronized void remove(SessionToken token) {
        live.remove(token);
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
        expire(live, now, limits.idle());
        expire(finished, now, limits.repeat());
    }

    private static void expire(Map<SessionToken, Slot> sessions, Instant now, Duration age) {
        Iterator<Slot> oldestFirst = sessions.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().lastUsed.plus(age).isBefore(now)) {
            oldestFirst.remove();
        }
    }

    private static void makeRoom(Map<SessionToken, Slot> sessions, int limit) {
        Iterator<Slot> oldestFirst = sessions.values().iterator();
        while (sessions.size() > limit) {
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

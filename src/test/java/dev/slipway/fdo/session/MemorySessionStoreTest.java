package dev.slipway.fdo.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.Protocol;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.HashType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemorySessionStoreTest {

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private record Waiting(int step) implements SessionState {

        @Override
        public Optional<Guid> guid() {
            return Optional.empty();
        }

        @Override
        public int octets() {
            return 0;
        }
    }

    private record Keeping(int octets) implements SessionState {

        @Override
        public Optional<Guid> guid() {
            return Optional.empty();
        }
    }

    private final Hands clock = new Hands();
    private final SessionStore store =
            new MemorySessionStore(new SessionLimits(3, 2, 1000, 700, 2, 16, Duration.ofMinutes(10), Duration.ofSeconds(60)), VoucherFixture::random, clock);
    private final Answer answer = new Answer(MessageType.TO0_HELLO, HashType.SHA256.hash(Bytes.EMPTY), MessageType.TO0_HELLO_ACK, Bytes.EMPTY);

    private Session session(SessionState state) {
        return session("192.0.2.1", state);
    }

    private Session session(String peer, SessionState state) {
        return Session.opened(Protocol.TO0, peer, state, answer);
    }

    private SessionState state(SessionToken token) {
        try (SessionStore.Claim claim = store.claim(token)) {
            return claim.session().state();
        }
    }

    @Test
    void givesASessionToOneMessageAtATime() {
        SessionToken token = store.open(session(new Waiting(1)));
        try (SessionStore.Claim claim = store.claim(token)) {
            assertThatThrownBy(() -> store.claim(token)).isInstanceOf(Failure.Busy.class);
            claim.moveOn(claim.session().after(new Waiting(2), answer));
        }
        assertThat(state(token)).isEqualTo(new Waiting(2));
    }

    /** A claim that has moved its session on has nothing left to give back: the next message may have it by then. */
    @Test
    void givesBackOnlyWhatIsItsOwn() {
        SessionToken token = store.open(session(new Waiting(1)));
        SessionStore.Claim first = store.claim(token);
        first.moveOn(first.session());
        SessionStore.Claim second = store.claim(token);
        first.close();
        assertThatThrownBy(() -> store.claim(token)).isInstanceOf(Failure.Busy.class);
        second.close();
        store.claim(token).close();
    }

    @Test
    void leavesASessionAsItWasUnlessItIsMovedOn() {
        SessionToken token = store.open(session(new Waiting(1)));
        store.claim(token).close();
        assertThat(state(token)).isEqualTo(new Waiting(1));
    }

    @Test
    void forgetsIdleSessions() {
        SessionToken token = store.open(session(new Waiting(1)));
        clock.pass(Duration.ofMinutes(10));
        assertThat(state(token)).isEqualTo(new Waiting(1));
        clock.pass(Duration.ofMinutes(10).plusMillis(1));
        assertThatThrownBy(() -> store.claim(token)).isInstanceOf(Failure.SessionUnknown.class);
    }

    @Test
    void keepsTheLastAnswerForAMinute() {
        SessionToken token = store.open(session(new Waiting(1)));
        try (SessionStore.Claim claim = store.claim(token)) {
            claim.moveOn(claim.session().after(new Finished(Optional.empty()), answer));
        }
        clock.pass(Duration.ofSeconds(60));
        assertThat(state(token)).isInstanceOf(Finished.class);
        clock.pass(Duration.ofMillis(1));
        assertThatThrownBy(() -> store.claim(token)).isInstanceOf(Failure.SessionUnknown.class);
    }

    /** It is kept in another form, and in as few octets. */
    @Test
    void givesAFinishedSessionBackAsItWas() {
        Bytes message = Bytes.fromHex("00112233445566778899aabbccddeeff0102030405");
        Guid guid = new Guid(message.slice(0, 16));
        Answer last = new Answer(MessageType.TO1_PROVE_TO_RV, HashType.SHA384.hash(message), MessageType.TO1_RV_REDIRECT, message.slice(16, 21));
        for (Optional<Guid> known : List.of(Optional.of(guid), Optional.<Guid>empty())) {
            Session over = new Session(Protocol.TO1, "192.0.2.7", new Finished(known), last, 3);
            try (SessionStore.Claim claim = store.claim(store.open(over))) {
                assertThat(claim.session()).isEqualTo(over);
            }
        }
    }

    /** Nobody's session is ended because somebody begins more of his. */
    @Test
    void refusesAPeerTooManySessions() {
        SessionToken first = store.open(session(new Waiting(1)));
        SessionToken second = store.open(session(new Waiting(2)));
        assertThatThrownBy(() -> store.admit("192.0.2.1")).isInstanceOf(Failure.Busy.class);
        store.admit("192.0.2.2");
        SessionToken other = store.open(session("192.0.2.2", new Waiting(3)));
        assertThatThrownBy(() -> store.admit("192.0.2.3")).isInstanceOf(Failure.Busy.class);
        assertThat(state(first)).isEqualTo(new Waiting(1));
        assertThat(state(other)).isEqualTo(new Waiting(3));
        try (SessionStore.Claim claim = store.claim(second)) {
            claim.end();
        }
        store.admit("192.0.2.1");
    }

    @Test
    void refusesSessionsThatWouldKeepTooMuch() {
        SessionToken first = store.open(session(new Keeping(699)));
        store.admit("192.0.2.1");
        try (SessionStore.Claim claim = store.claim(first)) {
            claim.moveOn(claim.session().after(new Keeping(700), answer));
        }
        assertThatThrownBy(() -> store.admit("192.0.2.1")).isInstanceOf(Failure.Busy.class);
        SessionToken other = store.open(session("192.0.2.2", new Keeping(300)));
        assertThatThrownBy(() -> store.admit("192.0.2.3")).isInstanceOf(Failure.Busy.class);
        try (SessionStore.Claim claim = store.claim(other)) {
            claim.moveOn(claim.session().after(new Finished(Optional.empty()), answer));
        }
        store.admit("192.0.2.3");
        clock.pass(Duration.ofSeconds(61));
        store.admit("192.0.2.1");
        assertThatThrownBy(() -> store.claim(first)).as("left alone").isInstanceOf(Failure.SessionUnknown.class);
    }

    @Test
    void makesRoomByASessionThatWasLeftAlone() {
        SessionToken first = store.open(session(new Waiting(1)));
        SessionToken second = store.open(session(new Waiting(2)));
        clock.pass(Duration.ofSeconds(61));
        try (SessionStore.Claim claim = store.claim(first)) {
            claim.moveOn(claim.session());
        }
        store.admit("192.0.2.1");
        assertThat(state(first)).isEqualTo(new Waiting(1));
        assertThatThrownBy(() -> store.claim(second)).isInstanceOf(Failure.SessionUnknown.class);
        SessionToken third = store.open(session(new Waiting(3)));
        assertThatThrownBy(() -> store.admit("192.0.2.1")).isInstanceOf(Failure.Busy.class);
        assertThat(state(third)).isEqualTo(new Waiting(3));
    }

    @Test
    void countsNoSessionThatIsOver() {
        for (int i = 0; i < 10; i++) {
            store.admit("192.0.2.1");
            SessionToken token = store.open(session(new Waiting(i)));
            try (SessionStore.Claim claim = store.claim(token)) {
                claim.moveOn(claim.session().after(new Finished(Optional.empty()), answer));
            }
        }
        store.open(session(new Waiting(1)));
        store.open(session(new Waiting(2)));
        clock.pass(Duration.ofMinutes(11));
        store.admit("192.0.2.1");
    }

    @Test
    void endsSessions() {
        SessionToken token = store.open(session(new Waiting(1)));
        try (SessionStore.Claim claim = store.claim(token)) {
            claim.end();
        }
        assertThatThrownBy(() -> store.claim(token)).isInstanceOf(Failure.SessionUnknown.class);
    }

    @Test
    void readsTokensWithAndWithoutSchemeAndShowsNone() {
        SessionToken token = store.open(session(new Waiting(1)));
        assertThat(token.toHeader()).matches("Bearer [A-Za-z0-9_-]{32}");
        assertThat(SessionToken.fromHeader(token.toHeader())).contains(token);
        assertThat(SessionToken.fromHeader("bearer  " + token.value())).contains(token);
        assertThat(SessionToken.fromHeader(token.value())).contains(token);
        assertThat(SessionToken.fromHeader("Bearer " + token.value() + "x")).isEmpty();
        assertThat(SessionToken.fromHeader("")).isEmpty();
        assertThat(token.toString()).doesNotContain(token.value());
    }
}

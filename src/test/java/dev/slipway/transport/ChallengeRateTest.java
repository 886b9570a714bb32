package dev.slipway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is given a challenge, and who has to wait. */
class ChallengeRateTest {

    private static final Instant START = Instant.parse("2026-11-25T20:00:00Z");
    private static final String PEER = "192.0.2.1";

    private final ChallengeRate rate = new ChallengeRate(12);

    private long given(String peer, int asked, Instant now) {
        return IntStream.range(0, asked).filter(i -> rate.take(peer, now).isZero()).count();
    }

    @Test
    void givesSoManyToOnePeer() {
        assertThat(given(PEER, 100, START)).isEqualTo(12);
        assertThat(given("192.0.2.2", 12, START)).as("another peer").isEqualTo(12);
        assertThat(rate.reason()).contains("12 challenges of one address", "slipway.limits.challenges-per-peer");
    }

    /** One each five seconds; and never more than in a minute. */
    @Test
    void saysWhenThereIsAnother() {
        given(PEER, 12, START);
        assertThat(rate.take(PEER, START)).isEqualTo(Duration.ofSeconds(5));
        assertThat(rate.take(PEER, START.plusSeconds(4))).isBetween(Duration.ofMillis(990), Duration.ofMillis(1010));
        assertThat(rate.take(PEER, START.plusMillis(5001))).isZero();
        assertThat(rate.take(PEER, START.plusMillis(5001))).isPositive();
        assertThat(given(PEER, 100, START.plus(Duration.ofDays(1)))).isEqualTo(12);
    }

    /** Whoever asks too often does not wait longer for that. */
    @Test
    void takesNothingFromWhoeverIsRefused() {
        given(PEER, 1_000, START);
        assertThat(given(PEER, 1_000, START.plusSeconds(31))).isEqualTo(6);
    }

    @Test
    void givesNothingWhereItIsToGiveNothing() {
        assertThat(new ChallengeRate(0).take(PEER, START)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void forgetsPeersOfWhomThereWasNothingForTheLongestTime() {
        given(PEER, 12, START);
        IntStream.range(0, 16_383).forEach(i -> rate.take("2001:db8::" + i, START));
        assertThat(given(PEER, 1, START)).as("still known").isZero();
        IntStream.range(0, 16_384).forEach(i -> rate.take("2001:db8:1::" + i, START));
        assertThat(given(PEER, 1, START)).as("forgotten").isEqualTo(1);
    }
}

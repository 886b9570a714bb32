package dev.slipway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which refusals are noted, and which only counted. */
class RefusalBudgetTest {

    private static final Instant START = Instant.parse("2026-11-25T20:00:00Z");

    private final RefusalBudget budget = new RefusalBudget(100, 10, START);

    private long noted(String peer, int refusals, Instant now) {
        return IntStream.range(0, refusals).filter(i -> budget.spend(peer, now)).count();
    }

    @Test
    void notesSoManyOfOnePeer() {
        assertThat(noted("192.0.2.1", 1_000, START)).isEqualTo(10);
        assertThat(noted("192.0.2.2", 3, START)).as("another peer").isEqualTo(3);
        assertThat(budget.takeLeftOut()).contains(new RefusalBudget.LeftOut(990, "192.0.2.1", 990));
        assertThat(budget.takeLeftOut()).isEqualTo(Optional.empty());
    }

    @Test
    void notesSoManyInAll() {
        long noted = IntStream.range(0, 50).mapToLong(i -> noted("192.0.2." + i, 5, START)).sum();
        assertThat(noted).isEqualTo(100);
        assertThat(budget.takeLeftOut().orElseThrow().count()).isEqualTo(150);
    }

    /** A tenth of an hour later, a tenth of the budget is back, and never more than the whole. */
    @Test
    void notesMoreAsTimeGoesBy() {
        noted("192.0.2.1", 1_000, START);
        assertThat(noted("192.0.2.1", 1_000, START.plus(Duration.ofMinutes(6)))).isEqualTo(1);
        assertThat(noted("192.0.2.1", 1_000, START.plus(Duration.ofMinutes(36)))).isEqualTo(5);
        assertThat(noted("192.0.2.1", 1_000, START.plus(Duration.ofDays(3)))).isEqualTo(10);
    }

    /** A flood from everywhere: it is bounded, and so is what is remembered of it. */
    @Test
    void staysBoundedWhateverComes() {
        long noted = IntStream.range(0, 200_000).filter(i -> budget.spend("2001:db8::" + i, START)).count();
        assertThat(noted).isEqualTo(100);
        assertThat(budget.takeLeftOut().orElseThrow().count()).isEqualTo(199_900);
    }

    @Test
    void countsWhatCouldNotBeNoted() {
        assertThat(budget.spend("192.0.2.1", START)).isTrue();
        budget.leaveOut("192.0.2.1");
        assertThat(budget.takeLeftOut()).contains(new RefusalBudget.LeftOut(1, "192.0.2.1", 1));
    }

    @Test
    void isNotUpsetByAClockThatGoesBack() {
        noted("192.0.2.1", 1_000, START);
        assertThat(noted("192.0.2.1", 10, START.minus(Duration.ofHours(5)))).isZero();
    }
}

package dev.slipway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OncePerPeriodTest {

    private static final Instant HOUR = Instant.parse("2026-11-26T08:00:00Z");

    @Test
    void saysATextOnceInAPeriod() {
        OncePerPeriod waiting = new OncePerPeriod(Duration.ofHours(1), 10_000);
        assertThat(waiting.take("one waits", HOUR)).isTrue();
        assertThat(waiting.take("one waits", HOUR.plusSeconds(3_599))).isFalse();
        assertThat(waiting.take("other waits", HOUR.plusSeconds(3_599))).isTrue();
        assertThat(waiting.take("one waits", HOUR.plus(Duration.ofHours(1)))).isTrue();
    }

    @Test
    void saysSoManyTextsOnly() {
        OncePerPeriod waiting = new OncePerPeriod(Duration.ofHours(1), 10_000);
        int told = 0;
        for (int i = 0; i < 10_100; i++) {
            told += waiting.take("device " + i, HOUR) ? 1 : 0;
        }
        assertThat(told).isEqualTo(10_000);
    }
}

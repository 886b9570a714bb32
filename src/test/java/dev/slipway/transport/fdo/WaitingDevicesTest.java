package dev.slipway.transport.fdo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Of a device that waits is told, and not each time. */
class WaitingDevicesTest {

    private static final Instant HOUR = Instant.parse("2026-11-26T08:00:00Z");

    @Test
    void areToldOfOnceAnHour() {
        WaitingDevices waiting = new WaitingDevices();
        assertThat(waiting.take("one waits", HOUR)).isTrue();
        assertThat(waiting.take("one waits", HOUR.plusSeconds(3_599))).isFalse();
        assertThat(waiting.take("other waits", HOUR.plusSeconds(3_599))).isTrue();
        assertThat(waiting.take("one waits", HOUR.plus(Duration.ofHours(1)))).isTrue();
    }

    @Test
    void areNotAllToldOf() {
        WaitingDevices waiting = new WaitingDevices();
        int told = 0;
        for (int i = 0; i < 10_100; i++) {
            told += waiting.take("device " + i, HOUR) ? 1 : 0;
        }
        assertThat(told).isEqualTo(10_000);
    }
}

package dev.slipway.transport.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a registration is tried again, and renewed: at the earliest, and at the latest. */
class ScheduleTest {

    private static final Schedule EARLIEST = new Schedule(count -> Bytes.owning(new byte[] {0}));
    private static final Schedule LATEST = new Schedule(count -> Bytes.owning(new byte[] {(byte) 255}));

    @ParameterizedTest
    @CsvSource({
        "1, PT1.5S, PT2.5S", "2, PT3S, PT5S", "3, PT6S, PT10S", "10, PT12M48S, PT21M20S", "11, PT25M36S, PT42M40S", "12, PT45M, PT1H15M",
        "1000, PT45M, PT1H15M"
    })
    void waitsLongerWithEachFailureAndNoMoreThanAnHourOrSo(int failures, Duration earliest, Duration latest) {
        assertThat(EARLIEST.retry(failures)).isEqualTo(earliest);
        assertThat(LATEST.retry(failures)).isEqualTo(latest);
    }

    @ParameterizedTest
    @CsvSource({"PT720H, PT324H, PT396H", "PT6S, PT2.7S, PT3.3S", "PT1S, PT0.9S, PT1.1S"})
    void renewsAtHalfTime(Duration granted, Duration earliest, Duration latest) {
        assertThat(EARLIEST.renewal(granted)).isEqualTo(earliest);
        assertThat(LATEST.renewal(granted)).isEqualTo(latest);
    }

    /** PRI answers 0: as long as it likes. */
    @Test
    void renewsWithinTheDayWhereNothingWasGranted() {
        assertThat(LATEST.renewal(Duration.ZERO)).isEqualTo(Duration.ofMinutes(792));
    }
}

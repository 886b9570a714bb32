package dev.slipway.transport.rendezvous;

import dev.slipway.fdo.type.RandomSource;
import java.time.Duration;

/** When a registration is tried again. Everything has jitter: devices and owners that were switched on together must not stay in step. */
final class Schedule {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LAST_RETRY = Duration.ofHours(1);
    /** Of a server that does not say how long it keeps a registration. */
    private static final Duration UNSPECIFIED = Duration.ofDays(1);

    private static final Duration SHORTEST_RENEWAL = Duration.ofSeconds(1);
    private static final double RETRY_JITTER = 0.25;
    private static final double RENEWAL_JITTER = 0.1;

    private final RandomSource random;

    Schedule(RandomSource random) {
        this.random = random;
    }

    /** @param failures in a row, this one included; at least 1 */
    Duration retry(int failures) {
        int doublings = Math.min(failures - 1, 16);
        Duration plain = FIRST_RETRY.multipliedBy(1L << doublings);
        return jittered(plain.compareTo(LAST_RETRY) < 0 ? plain : LAST_RETRY, RETRY_JITTER);
    }

    /** At half time, so that one failed renewal is no harm. */
    Duration renewal(Duration granted) {
        Duration half = (granted.isZero() ? UNSPECIFIED : granted).dividedBy(2);
        return jittered(half.compareTo(SHORTEST_RENEWAL) < 0 ? SHORTEST_RENEWAL : half, RENEWAL_JITTER);
    }

    private Duration jittered(Duration duration, double share) {
        double position = random.next(1).at(0) / 255.0 * 2 - 1;
        return Duration.ofMillis(Math.round(duration.toMillis() * (1 + share * position)));
    }
}

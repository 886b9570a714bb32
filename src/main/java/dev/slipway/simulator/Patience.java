package dev.slipway.simulator;

import java.time.Duration;

/**
 * How long a device goes on trying.
 *
 * @param rounds how often it goes through its rendezvous info; at least 1
 * @param longestDelay what it waits at most between two tries, whatever a directive says
 */
public record Patience(int rounds, Duration longestDelay, Sleeper sleeper) {

    /** As real devices bound it. */
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    /** Of a device that is to say at once what does not work. */
    public static final Patience ONE_ROUND = ofRounds(1);

    public static Patience ofRounds(int rounds) {
        return new Patience(rounds, LONGEST_DELAY, Sleeper.REAL);
    }

    void wait(Duration delay) {
        if (!delay.isZero()) {
            sleeper.sleep(delay.compareTo(longestDelay) > 0 ? longestDelay : delay);
        }
    }
}

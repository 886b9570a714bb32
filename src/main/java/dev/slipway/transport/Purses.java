package dev.slipway.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each peer has left to spend: so much, which comes back evenly, and not with the next full minute or hour. Of so many peers it is
 * remembered, and those are forgotten first of whom there was nothing for the longest time. Not for several threads at once.
 */
final class Purses {

    /** What is left of one, and as of when. */
    static final class Purse {
        private final int most;
        private final double periodNanos;
        private double left;
        private Instant filled;

        /** A full one. */
        Purse(int most, Duration period, Instant now) {
            this.most = most;
            this.periodNanos = period.toNanos();
            this.left = most;
            this.filled = now;
        }

        boolean holdsOne(Instant now) {
            if (now.isAfter(filled)) {
                double back = Duration.between(filled, now).toNanos() / periodNanos * most;
                left = Math.min(most, left + back);
                filled = now;
            }
            return left >= 1;
        }

        void spend() {
            left--;
        }

        /** How long it takes until it holds one, as of when it was last asked; a period at most. */
        Duration untilOne() {
            return Duration.ofNanos((long) Math.ceil(Math.min(periodNanos, Math.max(0, 1 - left) / most * periodNanos)));
        }
    }

    private final int most;
    private final Duration period;
    private final Map<String, Purse> purses;

    /** @param most of one peer in a period */
    Purses(int most, Duration period, int maxPeers) {
        this.most = most;
        this.period = period;
        this.purses = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Purse> eldest) {
                return size() > maxPeers;
            }
        };
    }

    Purse of(String peer, Instant now) {
        return purses.computeIfAbsent(peer, who -> new Purse(most, period, now));
    }
}

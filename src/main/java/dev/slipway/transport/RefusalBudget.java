package dev.slipway.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which refusals are noted, in the log and for the auditor: so many an hour of one peer, and of all. The others are counted. A flood of them
 * must neither fill the disk nor hide what else goes on, so what was spent comes back evenly, and not with the next full hour.
 */
public final class RefusalBudget {

    private static final double HOUR_NANOS = Duration.ofHours(1).toNanos();
    /** Peers that are remembered, those of whom there was nothing for the longest time forgotten first. */
    private static final int MAX_PEERS = 1_024;

    /** What is left to spend, and as of when. */
    private static final class Purse {
        private final int most;
        private double left;
        private Instant filled;

        private Purse(int most, Instant now) {
            this.most = most;
            this.left = most;
            this.filled = now;
        }

        private boolean holdsOne(Instant now) {
            if (now.isAfter(filled)) {
                double back = Duration.between(filled, now).toNanos() / HOUR_NANOS * most;
                left = Math.min(most, left + back);
                filled = now;
            }
            return left >= 1;
        }
    }

    /**
     * Refusals that were not noted.
     *
     * @param peer of whom most of them were, as far as is remembered
     * @param ofPeer how many of those
     */
    public record LeftOut(long count, String peer, long ofPeer) {}

    private final int perHourOfPeer;
    private final Purse all;
    private final Map<String, Purse> peers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Purse> eldest) {
            return size() > MAX_PEERS;
        }
    };
    private final Map<String, Long> leftOut = new HashMap<>();
    private long leftOutInAll;

    public RefusalBudget(int perHour, int perHourOfPeer, Instant now) {
        this.perHourOfPeer = perHourOfPeer;
        this.all = new Purse(perHour, now);
    }

    /** Whether one more is noted. */
    public synchronized boolean spend(String peer, Instant now) {
        Purse his = peers.computeIfAbsent(peer, who -> new Purse(perHourOfPeer, now));
        if (!his.holdsOne(now) || !all.holdsOne(now)) {
            leaveOut(peer);
            return false;
        }
        his.left--;
        all.left--;
        return true;
    }

    /** It was to be noted, and could not be. */
    public synchronized void leaveOut(String peer) {
        leftOutInAll++;
        if (leftOut.size() < MAX_PEERS || leftOut.containsKey(peer)) {
            leftOut.merge(peer, 1L, Long::sum);
        }
    }

    /** What was left out since this was asked the last time. */
    public synchronized Optional<LeftOut> takeLeftOut() {
        Optional<LeftOut> taken = leftOut.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> new LeftOut(leftOutInAll, most.getKey(), most.getValue()));
        leftOut.clear();
        leftOutInAll = 0;
        return taken;
    }
}

package dev.slipway.transport;

import dev.slipway.transport.Purses.Purse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which refusals are noted, in the log and for the auditor: so many an hour of one peer, and of all. The others are counted. A flood of them
 * must neither fill the disk nor hide what else goes on, so what was spent comes back evenly, and not with the next full hour.
 */
public final class RefusalBudget {

    private static final Duration HOUR = Duration.ofHours(1);
    /** Peers that are remembered. */
    private static final int MAX_PEERS = 1_024;

    /**
     * Refusals that were not noted.
     *
     * @param peer of whom most of them were, as far as is remembered
     * @param ofPeer how many of those
     */
    public record LeftOut(long count, String peer, long ofPeer) {}

    private final Purse all;
    private final Purses peers;
    private final Map<String, Long> leftOut = new HashMap<>();
    private long leftOutInAll;

    public RefusalBudget(int perHour, int perHourOfPeer, Instant now) {
        this.all = new Purse(perHour, HOUR, now);
        this.peers = new Purses(perHourOfPeer, HOUR, MAX_PEERS);
    }

    /** Whether one more is noted. */
    public synchronized boolean spend(String peer, Instant now) {
        Purse his = peers.of(peer, now);
        if (!his.holdsOne(now) || !all.holdsOne(now)) {
            leaveOut(peer);
            return false;
        }
        his.spend();
        all.spend();
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

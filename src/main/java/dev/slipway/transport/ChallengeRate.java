package dev.slipway.transport;

import dev.slipway.transport.Purses.Purse;
import java.time.Duration;
import java.time.Instant;

/**
 * How many challenges each peer is given in a minute: making one is cheap, but it takes one of the places where challenges wait, which other
 * devices need.
 */
public final class ChallengeRate {

    private static final int MAX_PEERS = 16_384;

    private final int perMinute;
    private final Purses peers;

    public ChallengeRate(int perMinute) {
        this.perMinute = perMinute;
        this.peers = new Purses(perMinute, Duration.ofMinutes(1), MAX_PEERS);
    }

    /** @return how long the peer has to wait before it asks again; zero if it is given one now */
    public synchronized Duration take(String peer, Instant now) {
        Purse his = peers.of(peer, now);
        if (!his.holdsOne(now)) {
            return his.untilOne();
        }
        his.spend();
        return Duration.ZERO;
    }

    /** Why it gives none, for the operator. */
    public String reason() {
        return "more than " + perMinute + " challenges of one address in a minute; see slipway.limits.challenges-per-peer";
    }
}

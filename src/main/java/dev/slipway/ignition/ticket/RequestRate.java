package dev.slipway.ignition.ticket;

import dev.slipway.failure.Failure.Busy;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Counts requests by device, not by address: behind one address there may be a whole building. */
final class RequestRate {

    private static final int SECONDS = 60;

    private final int limit;
    private volatile Minute current = new Minute(-1, Map.of());

    private record Minute(long number, Map<UUID, Integer> counts) {}

    /** @param limit requests of one device in a minute */
    RequestRate(int limit) {
        this.limit = limit;
    }

    /** @throws Busy if it was one too many */
    void take(UUID device, Instant now) {
        if (minute(now).counts().merge(device, 1, Integer::sum) > limit) {
            throw new Busy("more than " + limit + " requests of one device in a minute; see slipway.limits.config-requests");
        }
    }

    private Minute minute(Instant now) {
        long number = now.getEpochSecond() / SECONDS;
        if (current.number() != number) {
            synchronized (this) {
                if (current.number() != number) {
                    current = new Minute(number, new ConcurrentHashMap<>());
                }
            }
        }
        return current;
    }
}

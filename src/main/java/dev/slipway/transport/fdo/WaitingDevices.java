package dev.slipway.transport.fdo;

import dev.slipway.fdo.type.Guid;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Devices that wait for an operator come again and again. Of each is told once an hour, so that there is room to tell of others. */
final class WaitingDevices {

    private static final int SECONDS = 3_600;
    private static final int MAX_DEVICES = 10_000;

    private volatile Hour current = new Hour(-1, Set.of());

    private record Hour(long number, Set<Guid> told) {}

    /** Whether to tell of this one now. */
    boolean take(Optional<Guid> guid, Instant now) {
        Set<Guid> told = hour(now).told();
        return guid.isPresent() && told.size() < MAX_DEVICES && told.add(guid.get());
    }

    private synchronized Hour hour(Instant now) {
        long number = now.getEpochSecond() / SECONDS;
        if (current.number() != number) {
            current = new Hour(number, ConcurrentHashMap.newKeySet());
        }
        return current;
    }
}

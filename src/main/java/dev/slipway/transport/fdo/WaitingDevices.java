package dev.slipway.transport.fdo;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Devices that wait for an operator come again and again. Of each is told once an hour, so that there is room to tell of others. */
final class WaitingDevices {

    private static final int SECONDS = 3_600;
    private static final int MAX_DEVICES = 10_000;

    private volatile Hour current = new Hour(-1, Set.of());

    private record Hour(long number, Set<String> told) {}

    /**
     * Whether to tell of this one now.
     *
     * @param words which device it is, and what for it waits
     */
    boolean take(String words, Instant now) {
        Set<String> told = hour(now).told();
        return told.size() < MAX_DEVICES && told.add(words);
    }

    private synchronized Hour hour(Instant now) {
        long number = now.getEpochSecond() / SECONDS;
        if (current.number() != number) {
            current = new Hour(number, ConcurrentHashMap.newKeySet());
        }
        return current;
    }
}

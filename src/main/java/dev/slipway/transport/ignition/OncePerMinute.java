package dev.slipway.transport.ignition;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Devices that have to wait ask every five seconds, ten thousand of them: what is to be said of that is said once a minute. */
final class OncePerMinute {

    private static final int SECONDS = 60;
    private static final int MAX_TEXTS = 100;

    private volatile Minute current = new Minute(-1, Set.of());

    private record Minute(long number, Set<String> said) {}

    /** Whether {@code text} is to be said now. */
    boolean take(String text, Instant now) {
        Set<String> said = minute(now).said();
        return said.size() < MAX_TEXTS && said.add(text);
    }

    private synchronized Minute minute(Instant now) {
        long number = now.getEpochSecond() / SECONDS;
        if (current.number() != number) {
            current = new Minute(number, ConcurrentHashMap.newKeySet());
        }
        return current;
    }
}

package dev.slipway.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Peers that have to wait come again and again, ten thousand of them: what is to be said of that is said once in each period. */
public final class OncePerPeriod {

    private final long seconds;
    private final int maxTexts;
    private volatile Period current = new Period(-1, Set.of());

    private record Period(long number, Set<String> said) {}

    /** @param maxTexts how many different ones are said in a period */
    public OncePerPeriod(Duration period, int maxTexts) {
        this.seconds = period.toSeconds();
        this.maxTexts = maxTexts;
    }

    /** Whether {@code text} is to be said now. */
    public boolean take(String text, Instant now) {
        Set<String> said = period(now).said();
        return said.size() < maxTexts && said.add(text);
    }

    private synchronized Period period(Instant now) {
        long number = now.getEpochSecond() / seconds;
        if (current.number() != number) {
            current = new Period(number, ConcurrentHashMap.newKeySet());
        }
        return current;
    }
}

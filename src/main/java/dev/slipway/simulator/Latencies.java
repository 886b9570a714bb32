package dev.slipway.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** How long answers took, by message. */
public final class Latencies {

    private final Map<Integer, Histogram> byMessage = new ConcurrentSkipListMap<>();

    /** Percentiles in nanoseconds. */
    public record Summary(long count, long p50, long p95, long p99) {

        /** How much longer than usual the slowest of a hundred takes. */
        public double spread() {
            return (double) p99 / p50;
        }
    }

    public void record(int messageNumber, long nanoseconds) {
        byMessage.computeIfAbsent(messageNumber, number -> new Histogram()).record(nanoseconds);
    }

    /** By message number, in order. */
    public Map<Integer, Summary> summaries() {
        Map<Integer, Summary> summaries = new ConcurrentSkipListMap<>();
        byMessage.forEach((number, histogram) -> summaries.put(number, histogram.summary()));
        return summaries;
    }
}

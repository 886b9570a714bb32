package dev.slipway.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long answers took, by message, in buckets of an eighth of a power of two: percentiles are exact to 9 %. */
public final class Latencies {

    private static final int BUCKETS_PER_OCTAVE = 8;
    private static final int OCTAVES = 40;

    private final Map<Integer, AtomicLongArray> byMessage = new ConcurrentSkipListMap<>();

    /** Percentiles in nanoseconds. */
    public record Summary(long count, long p50, long p95, long p99) {}

    public void record(int messageNumber, long nanoseconds) {
        byMessage
                .computeIfAbsent(messageNumber, number -> new AtomicLongArray(OCTAVES * BUCKETS_PER_OCTAVE))
                .incrementAndGet(bucket(nanoseconds));
    }

    private static int bucket(long nanoseconds) {
        double octaves = Math.log(Math.max(1, nanoseconds)) / Math.log(2);
        return Math.min(OCTAVES * BUCKETS_PER_OCTAVE - 1, (int) (octaves * BUCKETS_PER_OCTAVE));
    }

    private static long upperBound(int bucket) {
        return Math.round(Math.pow(2, (bucket + 1) / (double) BUCKETS_PER_OCTAVE));
    }

    /** By message number, in order. */
    public Map<Integer, Summary> summaries() {
        Map<Integer, Summary> summaries = new ConcurrentSkipListMap<>();
        byMessage.forEach((number, counts) -> summaries.put(number, summary(counts)));
        return summaries;
    }

    private static Summary summary(AtomicLongArray counts) {
        long[] copy = new long[counts.length()];
        Arrays.setAll(copy, counts::get);
        long total = Arrays.stream(copy).sum();
        return new Summary(total, percentile(copy, total, 0.50), percentile(copy, total, 0.95), percentile(copy, total, 0.99));
    }

    private static long percentile(long[] counts, long total, double share) {
        long wanted = Math.max(1, (long) Math.ceil(total * share));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted) {
                return upperBound(bucket);
            }
        }
        return 0;
    }
}

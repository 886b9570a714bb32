package dev.slipway.simulator;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** Durations in buckets of a thirty-second of a power of two: percentiles are exact to 2 %. */
final class Histogram {

    private static final int BUCKETS_PER_OCTAVE = 32;
    private static final int OCTAVES = 40;

    private final AtomicLongArray counts = new AtomicLongArray(OCTAVES * BUCKETS_PER_OCTAVE);

    void record(long nanoseconds) {
        double octaves = Math.log(Math.max(1, nanoseconds)) / Math.log(2);
        counts.incrementAndGet(Math.min(counts.length() - 1, (int) (octaves * BUCKETS_PER_OCTAVE)));
    }

    Latencies.Summary summary() {
        long[] copy = new long[counts.length()];
        Arrays.setAll(copy, counts::get);
        long total = Arrays.stream(copy).sum();
        return new Latencies.Summary(total, percentile(copy, total, 0.50), percentile(copy, total, 0.95), percentile(copy, total, 0.99));
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

    private static long upperBound(int bucket) {
        return Math.round(Math.pow(2, (bucket + 1) / (double) BUCKETS_PER_OCTAVE));
    }
}

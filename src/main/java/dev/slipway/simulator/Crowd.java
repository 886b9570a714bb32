package dev.slipway.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Does the same with each of many.
 *
 * @param parallel how many are at once
 * @param progress told how many are done
 */
public record Crowd(int parallel, IntConsumer progress) {

    /** After which one more may be there: they do not come on a signal. */
    private static final long APART_NANOSECONDS = 1_000_000;

    /** One that throws counts as failed. */
    public <T> Fleet.Result each(List<T> members, Consumer<T> work) {
        AtomicInteger done = new AtomicInteger();
        Histogram durations = new Histogram();
        Map<String, Integer> failures = new ConcurrentSkipListMap<>();
        Semaphore room = new Semaphore(1);
        long started = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> widen(room, Math.min(parallel, members.size())));
            for (T member : members) {
                room.acquireUninterruptibly();
                threads.execute(() -> {
                    long begun = System.nanoTime();
                    try {
                        work.accept(member);
                        durations.record(System.nanoTime() - begun);
                        progress.accept(done.incrementAndGet());
                    } catch (RuntimeException e) {
                        failures.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
                    } finally {
                        room.release();
                    }
                });
            }
        }
        return new Fleet.Result(done.get(), failures, Duration.ofNanos(System.nanoTime() - started), durations.summary());
    }

    private static void widen(Semaphore room, int places) {
        for (int place = 1; place < places; place++) {
            LockSupport.parkNanos(APART_NANOSECONDS);
            room.release();
        }
    }
}

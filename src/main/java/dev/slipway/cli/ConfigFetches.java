package dev.slipway.cli;

import dev.slipway.simulator.Latencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many requests for configs, and what they cost the service.
 *
 * @param otherwise how many were not answered as they should have been
 * @param cpuMs milliseconds of the service's CPU for one
 */
record ConfigFetches(String what, int count, int otherwise, double perSecond, double cpuMs, Latencies.Summary latencies) {

    private static final Latencies.Summary NONE = new Latencies.Summary(0, 0, 0, 0);

    /** Who asks whom. */
    record Load(HttpClient http, URI service, long pid, int parallel) {

        private int status(String authorization) {
            HttpRequest request = HttpRequest.newBuilder(service.resolve("/ignition/v1/config")).header("Authorization", authorization).build();
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
            } catch (IOException e) {
                throw new UncheckedIOException("a config could not be fetched", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailed("interrupted");
            }
        }

        /** @param authorizations that are shown, one after the other, and again from the first one */
        ConfigFetches run(String what, List<String> authorizations, int count, int expectedStatus) {
            AtomicInteger otherwise = new AtomicInteger();
            Latencies latencies = new Latencies();
            Semaphore room = new Semaphore(parallel);
            double cpuBefore = ProcessFigures.cpuSeconds(pid);
            long started = System.nanoTime();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < count; i++) {
                    String authorization = authorizations.get(i % authorizations.size());
                    room.acquireUninterruptibly();
                    threads.execute(() -> {
                        long begun = System.nanoTime();
                        try {
                            if (status(authorization) != expectedStatus) {
                                otherwise.incrementAndGet();
                            }
                            latencies.record(expectedStatus, System.nanoTime() - begun);
                        } catch (UncheckedIOException e) {
                            otherwise.incrementAndGet();
                        } finally {
                            room.release();
                        }
                    });
                }
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            double cpuMs = (ProcessFigures.cpuSeconds(pid) - cpuBefore) * 1000 / count;
            return new ConfigFetches(what, count, otherwise.get(), count / seconds, cpuMs, latencies.summaries().getOrDefault(expectedStatus, NONE));
        }
    }

    String text() {
        return String.format(
                Locale.ROOT, "%-28s %7d  otherwise %d  %6.0f per second  p50 %6.2f ms  p99 %6.2f ms  server CPU %.3f ms",
                what, count, otherwise, perSecond, latencies.p50() / 1e6, latencies.p99() / 1e6, cpuMs);
    }

    Map<String, Object> json() {
        return Map.of(
                "what", what, "count", count, "otherwise", otherwise, "perSecond", perSecond, "serverCpuMs", cpuMs,
                "p50Ms", latencies.p50() / 1e6, "p99Ms", latencies.p99() / 1e6);
    }
}

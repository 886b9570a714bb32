package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FreePort;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed at random moments while machines fetch their configs, and comes back with other parameters each time: what it would
 * render is another config then, and what it gave out, it gives out again.
 */
class LeaseKillIT {

    private static final int KILLS = 3;
    private static final int DEVICES = 150;
    private static final int CLIENTS = 8;

    @TempDir
    private Path folder;

    private final Map<String, String> given = new ConcurrentHashMap<>();
    private final Queue<String> tickets = new ConcurrentLinkedQueue<>();
    private int restarts;

    private RunningService start(int port, int tlsPort) throws IOException {
        Path parameters = folder.resolve("data/parameters.yaml");
        if (Files.exists(parameters)) {
            Files.writeString(parameters, Files.readString(parameters).replaceAll("site: .*", "site: site-" + ++restarts));
        }
        return RunningService.start(
                folder.resolve("data"), port, tlsPort, List.of(), "-Dslipway.profiles=" + folder.resolve("profiles"),
                "-Dslipway.limits.config-requests=1000000");
    }

    @Test
    void givesOutAgainWhatItGaveOutBeforeItWasKilled() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        Random moments = new Random(seed);
        ConfigClient.profiles(folder, "none", "3.4.0");
        int port = FreePort.find();
        int tlsPort = FreePort.find();
        try (RunningService service = start(port, tlsPort)) {
            ConfigClient client = new ConfigClient(service);
            for (int i = 0; i < DEVICES; i++) {
                tickets.add(client.approve(client.initialise("KILL-" + i)));
            }
        }
        for (int kill = 0; kill < KILLS; kill++) {
            RunningService service = start(port, tlsPort);
            fetchAndKill(service, 10 + moments.nextInt(20));
            assertThatEachLeaseIsWhole(service.data(), seed);
        }
        assertThat(given.size()).as("configs given out, seed %d", seed).isBetween(10, DEVICES);
        assertThat(given.values().stream().map(config -> config.replaceFirst("(?s).*SLIPWAY_SITE=([a-z0-9-]+).*", "$1")).distinct())
                .as("parameters that they were rendered with, seed %d", seed)
                .hasSizeGreaterThan(1);
        try (RunningService service = start(port, tlsPort)) {
            ConfigClient client = new ConfigClient(service);
            given.forEach((authorization, config) -> {
                HttpResponse<String> answer = client.get(authorization);
                assertThat(answer.statusCode()).as("seed %d", seed).isEqualTo(200);
                assertThat(answer.body()).as("seed %d", seed).isEqualTo(config);
            });
            for (String unfetched : tickets) {
                assertThat(client.get(unfetched).statusCode()).as("interrupted, or not yet fetched, seed %d", seed).isEqualTo(200);
            }
        }
    }

    /**
     * Each client takes tickets and fetches twice; a config that came whole counts as given out.
     *
     * @param configs given out when the service is killed, with others on their way
     */
    private void fetchAndKill(RunningService service, int configs) throws InterruptedException {
        AtomicBoolean killed = new AtomicBoolean();
        int enough = given.size() + configs;
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> fetchUntil(killed, service)));
            }
            while (given.size() < enough && running.stream().noneMatch(Future::isDone)) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            service.kill();
            killed.set(true);
            for (Future<?> client : running) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a client failed", e);
        }
    }

    private void fetchUntil(AtomicBoolean killed, RunningService service) {
        ConfigClient client = new ConfigClient(service);
        while (!killed.get()) {
            String authorization = tickets.remove();
            try {
                HttpResponse<String> first = client.get(authorization);
                assertThat(first.statusCode()).isEqualTo(200);
                given.put(authorization, first.body());
                assertThat(client.get(authorization).body()).isEqualTo(first.body());
            } catch (ConfigClient.Gone e) {
                // The service was killed.
                if (!given.containsKey(authorization)) {
                    tickets.add(authorization);
                }
            }
        }
    }

    private static void assertThatEachLeaseIsWhole(Path data, long seed) {
        int leases = Database.count(data, "select count(*) from lease");
        assertThat(Database.count(data, "select count(*) from ticket where state = 'LEASED'")).as("leases, seed %d", seed).isEqualTo(leases);
        assertThat(Database.count(data, "select count(*) from audit_event where event = 'lease.started'")).as("their events, seed %d", seed).isEqualTo(leases);
    }
}

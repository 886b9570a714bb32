package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FreePort;
import dev.slipway.client.PeerError;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed at random moments in a stream of initialisations and onboardings. What it acknowledged must be there afterwards:
 * every device that got DI.Done or Done2 onboards again with the credential it then had, and so does every device that was interrupted.
 */
class KillIT {

    private static final int KILLS = 4;
    private static final int CLIENTS = 8;

    @TempDir
    private Path folder;

    private final HttpClient http = RunningService.http();
    private final SystemRandom random = new SystemRandom();
    private final AtomicInteger serial = new AtomicInteger();

    /** Devices with a credential: whatever it is, the server acknowledged it. */
    private final Queue<VirtualDevice> acknowledged = new ConcurrentLinkedQueue<>();

    private final AtomicInteger onboardings = new AtomicInteger();

    @Test
    void losesNothingThatItAcknowledged() throws InterruptedException {
        long seed = System.nanoTime();
        Random moments = new Random(seed);
        int port = FreePort.find();
        int tlsPort = FreePort.find();
        for (int kill = 0; kill < KILLS; kill++) {
            RunningService service = RunningService.start(folder.resolve("data"), port, tlsPort, List.of());
            stream(service, 2_000 + moments.nextInt(2_500));
            assertThatEachTransactionIsWhole(service.data(), seed);
        }
        assertThat(acknowledged.size()).as("devices, seed %d", seed).isGreaterThan(20);
        assertThat(onboardings.get()).as("onboardings, seed %d", seed).isGreaterThan(5);

        try (RunningService service = RunningService.start(folder.resolve("data"), port, tlsPort, List.of())) {
            for (VirtualDevice device : acknowledged) {
                Guid before = device.credential().guid();
                VirtualDevice.Owner owner = device.findOwner();
                assertThat(device.onboard(owner)).as("device with %s, seed %d", before, seed).containsKey("/etc/slipway/config.ign");
                assertThat(device.credential().guid()).isNotEqualTo(before);
            }
            assertThat(service.process().isAlive()).isTrue();
        }
    }

    /** What is stored as one is there as one: device, voucher, registration and event. */
    private static void assertThatEachTransactionIsWhole(Path data, long seed) {
        assertThat(Database.count(data, "select count(*) from device where id not in (select device_id from voucher)"))
                .as("devices without a voucher, seed %d", seed)
                .isZero();
        assertThat(Database.count(data, "select count(*) from voucher where state = 'ACTIVE' and guid not in (select guid from rendezvous_blob)"))
                .as("vouchers that are not registered, seed %d", seed)
                .isZero();
        assertThat(Database.count(data, "select count(*) from voucher where source = 'MANUFACTURED'"))
                .as("initialisations, by their events, seed %d", seed)
                .isEqualTo(Database.count(data, "select count(*) from audit_event where event = 'di.completed'"));
        assertThat(Database.count(data, "select count(*) from voucher where source = 'REPLACEMENT'"))
                .as("onboardings, by their events, seed %d", seed)
                .isEqualTo(Database.count(data, "select count(*) from audit_event where event = 'to2.completed'"));
    }

    /** Devices come in from several sides until the service is killed in the middle of it. */
    private void stream(RunningService service, int milliseconds) throws InterruptedException {
        AtomicBoolean killed = new AtomicBoolean();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> {
                    while (!killed.get()) {
                        life(service);
                    }
                });
            }
            Thread.sleep(milliseconds);
            service.kill();
            killed.set(true);
        }
    }

    private void life(RunningService service) {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "killed");
        VirtualDevice device = new VirtualDevice(model, "KILL-" + serial.incrementAndGet(), http, new Latencies(), random);
        try {
            device.initialize(service.url());
            acknowledged.add(device);
            device.onboard(device.findOwner());
            onboardings.incrementAndGet();
        } catch (PeerError interrupted) {
            // The service was killed. A credential that the device has by now is in the queue.
        }
    }
}

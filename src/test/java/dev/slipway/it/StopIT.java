package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.PeerError;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM in the middle of a stream of devices: each message that the service took is answered before it goes, within ten seconds. */
class StopIT {

    private static final int CLIENTS = 8;
    private static final int ENOUGH = 50;

    @TempDir
    private Path folder;

    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();

    @RepeatedTest(3)
    void answersWhatItTookBeforeItGoes() throws InterruptedException {
        RunningService service = RunningService.start(folder.resolve("data"));
        AtomicBoolean stopped = new AtomicBoolean();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> initialiseUntil(stopped, service));
            }
            for (int wait = 0; wait < 600 && acknowledged.get() <= ENOUGH; wait++) {
                Thread.sleep(50);
            }
            service.process().destroy();
            assertThat(service.process().waitFor(10, TimeUnit.SECONDS)).as("gone within ten seconds").isTrue();
            stopped.set(true);
        }
        assertThat(acknowledged.get()).isGreaterThan(ENOUGH);
        assertThat(Database.count(service.data(), "select count(*) from voucher"))
                .as("vouchers stored, by devices that were told so")
                .isEqualTo(acknowledged.get());
    }

    private void initialiseUntil(AtomicBoolean stopped, RunningService service) {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "stopped");
        while (!stopped.get()) {
            VirtualDevice device =
                    new VirtualDevice(model, "STOP-" + serial.incrementAndGet(), RunningService.http(), new Latencies(), new SystemRandom());
            try {
                device.initialize(service.url());
                acknowledged.incrementAndGet();
            } catch (PeerError refused) {
                // The service goes, or has gone.
            }
        }
    }
}

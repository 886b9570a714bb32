package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.PeerError;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service can write no more for a while: as on a full disk, its writes to files fail. */
class FullDiskIT {

    @TempDir
    private Path folder;

    @Test
    void refusesWhatItCannotStoreAndGoesOnWhenThereIsRoom() throws IOException, InterruptedException {
        RunningService service = RunningService.start(folder.resolve("data"));
        try (service) {
            VirtualDevice stored = device("ROOM-1");
            VirtualDevice refused = device("ROOM-2");
            stored.initialize(service.url());
            limitFileSize(service, "1");
            assertThatThrownBy(() -> refused.initialize(service.url())).isInstanceOf(PeerError.class).hasMessageContaining("try again later");
            assertThatThrownBy(() -> stored.onboard(stored.findOwner())).isInstanceOf(PeerError.class).hasMessageContaining("try again later");
            limitFileSize(service, "unlimited");
            refused.initialize(service.url());
            assertThat(refused.onboard(refused.findOwner())).containsKey("/etc/slipway/config.ign");
            assertThat(stored.onboard(stored.findOwner())).containsKey("/etc/slipway/config.ign");
        }
        assertThat(Database.count(service.data(), "select count(*) from device")).isEqualTo(2);
        assertThat(Database.count(service.data(), "select count(*) from voucher where source = 'MANUFACTURED'")).isEqualTo(2);
        assertThat(Database.count(service.data(), "select count(*) from voucher where source = 'REPLACEMENT'")).isEqualTo(2);
    }

    /** What cannot be stored is not given out: the machine asks again. */
    @Test
    void letsAMachineWaitWhoseLeaseItCannotStore() throws IOException, InterruptedException {
        try (RunningService service = RunningService.start(folder.resolve("data"), ConfigClient.profiles(folder, "none", "3.4.0"))) {
            ConfigClient client = new ConfigClient(service);
            String authorization = client.approve(client.initialise("ROOM-3"));
            limitFileSize(service, "1");
            assertThat(client.get(authorization).statusCode()).isEqualTo(503);
            assertThat(client.done(authorization)).isEqualTo(403);
            limitFileSize(service, "unlimited");
            assertThat(client.get(authorization).statusCode()).isEqualTo(200);
            limitFileSize(service, "1");
            assertThat(client.get(authorization).statusCode()).as("again, which needs no room").isEqualTo(200);
            assertThat(client.done(authorization)).isEqualTo(503);
            limitFileSize(service, "unlimited");
            assertThat(client.done(authorization)).isEqualTo(204);
        }
        assertThat(Database.count(folder.resolve("data"), "select count(*) from audit_event where event = 'lease.started'")).isEqualTo(1);
    }

    private static VirtualDevice device(String serial) {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "room");
        return new VirtualDevice(model, serial, RunningService.http(), new Latencies(), new SystemRandom());
    }

    /** The soft limit only, so that it can be raised again. */
    private static void limitFileSize(RunningService service, String octets) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(service.process().pid()), "--fsize=" + octets + ":")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(prlimit.exitValue()).isZero();
    }
}

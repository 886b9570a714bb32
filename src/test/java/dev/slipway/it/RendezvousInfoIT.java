package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.FreePort;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rendezvous info that an operator wrote, in the hands of a device that nobody here wrote. */
class RendezvousInfoIT {

    @TempDir
    private Path folder;

    private String client(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Commands.tool("go-fdo-client")));
        command.addAll(List.of(arguments));
        Commands.Result result = Commands.run(folder, Map.of(), 40, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private String onboarded(RunningService service) {
        client("device-init", service.url().toString(), "--blob", "cred.bin", "--key", "ec256", "--device-info", "gateway", "--serial-number", "RV-1");
        return client("onboard", "--blob", "cred.bin", "--key", "ec256", "--kex", "ECDH256", "--cipher", "A128GCM", "--download", folder.toString());
    }

    /** Virtual devices as an operator has them. */
    private String simulated(RunningService service, String... more) {
        List<String> command = new ArrayList<>(List.of(Commands.launcher(), "simulate", "--url", service.url().toString(), "--devices", "2"));
        command.addAll(List.of(more));
        Commands.Result result = Commands.run(folder, Map.of(), 40, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    @Test
    void bypassesTheRendezvousService() throws IOException {
        try (RunningService service = RunningService.start(
                folder.resolve("data"),
                "-Dslipway.roles=manufacturer,owner",
                "-Dslipway.rendezvous.directives[0]=bypass dns=localhost dev-port=%PORT% protocol=http",
                "-Dslipway.rendezvous.directives[1]=dns=localhost wifi-ssid=guest wifi-pw=hunter2")) {
            assertThat(onboarded(service)).contains("FIDO Device Onboard Complete").doesNotContain("TO1 succeeded");
            assertThat(service.log()).contains("wifi-ssid=guest wifi-pw=********").doesNotContain("hunter2");
            assertThat(folder.resolve("config.ign")).exists();
            assertThat(service.log()).contains("some devices cannot read directives with dev-only, owner-only or bypass");
            assertThat(simulated(service)).contains("onboarded        2  failed 0");
        }
    }

    /** The first server is not there; the device waits as it was told to, and asks the second. The owner registers with both. */
    @Test
    void goesOnToTheNextServer() throws IOException {
        int nobody = FreePort.find();
        try (RunningService service = RunningService.start(
                folder.resolve("data"),
                "-Dslipway.rendezvous.directives[0]=dns=localhost dev-port=" + nobody + " owner-port=" + nobody + " protocol=http delaysec=1",
                "-Dslipway.rendezvous.directives[1]=dns=localhost dev-port=%PORT% owner-port=%PORT% protocol=http",
                "-Dslipway.owner.addresses[0]=ip=127.0.0.1 port=" + nobody + " protocol=http",
                "-Dslipway.owner.addresses[1]=dns=nobody.invalid ip=127.0.0.1 port=%PORT% protocol=http")) {
            assertThat(onboarded(service)).contains("FIDO Device Onboard Complete");
            Tools tools = new Tools(service, folder);
            assertThat(simulated(service)).contains("onboarded        2  failed 0");
            String guid = Tools.json(tools.done("voucher", "list", "--json")).get(0).path("guid").asText();
            JsonNode failing = tools.awaitRegistration(guid, false);
            assertThat(failing.path("server").asText()).isEqualTo("http://localhost:" + nobody);
            assertThat(tools.done("voucher", "show", guid))
                    .contains("rendezvous   dns=localhost dev-port=" + nobody + " owner-port=" + nobody + " protocol=http delaysec=1")
                    .contains("nobody answers at http://localhost:" + nobody);
        }
    }

    /** Nobody is at the address of the first round; in the second the owner is there. */
    @Test
    void goesThroughItsDirectivesAgain() {
        int rendezvousPort = FreePort.find();
        try (RunningService service = RunningService.start(
                folder.resolve("data"),
                "-Dslipway.roles=manufacturer,owner",
                "-Dslipway.rendezvous.directives[0]=delaysec=1",
                "-Dslipway.rendezvous.directives[1]=dns=localhost protocol=http medium=wifi0",
                "-Dslipway.rendezvous.directives[2]=dns=localhost dev-port=" + rendezvousPort + " owner-port=" + rendezvousPort
                        + " protocol=http delaysec=2")) {
            CompletableFuture<String> devices = CompletableFuture.supplyAsync(() -> simulated(service, "--rounds", "12"));
            RunningService.pause(2_000);
            assertThat(devices).isNotDone();
            try (RunningService rendezvous = RunningService.start(
                    folder.resolve("rendezvous"), rendezvousPort, FreePort.find(), List.of(), "-Dslipway.roles=rendezvous")) {
                assertThat(devices.join()).contains("onboarded        2  failed 0");
            }
        }
    }

    /** What the rendezvous service hands out is signed when a device is made; it must not stay when its owner moves. */
    @Test
    void tellsDevicesWhereTheirOwnerIsToday() throws IOException {
        int port = FreePort.find();
        int tlsPort = FreePort.find();
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "moved");
        List<VirtualDevice> devices = new ArrayList<>();
        try (RunningService service = RunningService.start(
                folder.resolve("data"), port, tlsPort, List.of(), "-Dslipway.owner.addresses[0]=dns=moved.invalid port=1 protocol=http")) {
            for (int i = 0; i < 3; i++) {
                VirtualDevice device = new VirtualDevice(model, "MOVED-" + i, RunningService.http(), new Latencies(), new SystemRandom());
                device.initialize(service.url());
                devices.add(device);
            }
            assertThat(devices.get(0).findOwner().urls()).containsExactly(URI.create("http://moved.invalid:1"));
        }
        try (RunningService service = RunningService.start(folder.resolve("data"), port, tlsPort, List.of())) {
            for (int i = 0; i < 100 && !service.log().contains("3 registrations at our own rendezvous service named other addresses"); i++) {
                RunningService.pause(50);
            }
            for (VirtualDevice device : devices) {
                assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
            }
        }
        try (RunningService service = RunningService.start(folder.resolve("data"), port, tlsPort, List.of())) {
            assertThat(devices.get(0).onboard(devices.get(0).findOwner())).containsKey("/etc/slipway/config.ign");
            assertThat(service.log()).doesNotContain("registrations at our own rendezvous service");
        }
    }

    @Test
    void doesNotStartWithADirectiveThatIsNone() throws IOException {
        List<String> command = List.of(
                Commands.launcher(), "serve", "--data", folder.resolve("data").toString(), "--port", "" + FreePort.find(), "--tls-port",
                "" + FreePort.find(), "-Dslipway.rendezvous.directives[0]=dns=localhost dev-port=80 protocol=gopher");
        Commands.Result result = Commands.run(folder, Map.of(), 40, command);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("slipway.rendezvous.directives[0]", "protocol 'gopher' is none of rest, http, https");
        assertThat(Files.exists(folder.resolve("config.ign"))).isFalse();
    }
}

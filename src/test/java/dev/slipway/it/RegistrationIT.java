package dev.slipway.it;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.FreePort;
import dev.slipway.cose.CoseAlgorithm;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner who registers its devices at the rendezvous server of somebody else. */
class RegistrationIT {

    private static final VirtualDevice.Model MODEL =
            new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "registered");

    @TempDir
    private Path folder;

    private RunningService rendezvous(String... settings) {
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "-Dslipway.roles=rendezvous";
        return RunningService.start(folder.resolve("rendezvous"), all);
    }

    private RunningService owner(String rendezvousUrl, String... more) {
        String[] all = new String[more.length + 2];
        System.arraycopy(more, 0, all, 0, more.length);
        all[more.length] = "-Dslipway.roles=manufacturer,owner";
        all[more.length + 1] = "-Dslipway.rendezvous.urls=" + rendezvousUrl;
        return RunningService.start(folder.resolve("owner"), all);
    }

    private static VirtualDevice initialise(RunningService owner) {
        VirtualDevice device = new VirtualDevice(MODEL, "REG-1", RunningService.http(), new Latencies(), new SystemRandom());
        device.initialize(owner.url());
        return device;
    }

    private Path keys(RunningService service) throws IOException {
        return Files.writeString(folder.resolve("keys.pem"), new Tools(service, folder).done("owner-key", "list"));
    }

    /** Within a second, once the programs are warm; and the device finds its owner there. */
    @Test
    void registersAtOnce() {
        try (RunningService rendezvous = rendezvous(); RunningService owner = owner("http://localhost:" + rendezvous.port())) {
            Tools tools = new Tools(owner, folder);
            tools.awaitRegistration(initialise(owner).credential().guid().toString(), true);
            VirtualDevice device = initialise(owner);
            Instant initialised = Instant.now();
            JsonNode registration = tools.awaitRegistration(device.credential().guid().toString(), true);
            assertThat(Duration.between(initialised, Instant.parse(registration.path("lastAttempt").asText()))).isLessThan(Duration.ofSeconds(1));
            assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
        }
    }

    /** A device may ask any of the servers that its voucher names. */
    @Test
    void registersWithEveryServer() {
        try (RunningService rendezvous = rendezvous();
                RunningService other = RunningService.start(folder.resolve("other"), "-Dslipway.roles=rendezvous");
                RunningService owner = owner("http://localhost:" + rendezvous.port() + ",http://localhost:" + other.port())) {
            VirtualDevice device = initialise(owner);
            Tools tools = new Tools(owner, folder);
            tools.awaitRegistration(device.credential().guid().toString(), true);
            RunningService.pause(1_000);
            assertThat(tools.get("vouchers/" + device.credential().guid()).path("registrations"))
                    .hasSize(2)
                    .allMatch(registration -> registration.path("accepted").asBoolean());
            rendezvous.kill();
            assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
        }
    }

    /** A voucher that was imported is good at once, whatever becomes of its registration. */
    @Test
    void onboardsBeforeAnyRegistration() throws IOException {
        String nobody = "http://localhost:" + FreePort.find();
        try (RunningService owner = RunningService.start(folder.resolve("owner"), "-Dslipway.roles=owner", "-Dslipway.rendezvous.urls=" + nobody);
                RunningService factory = RunningService.start(
                        folder.resolve("factory"),
                        "-Dslipway.roles=manufacturer",
                        "-Dslipway.rendezvous.urls=" + nobody,
                        "-Dslipway.manufacturer.next-owner=" + keys(owner))) {
            VirtualDevice device = initialise(factory);
            String guid = device.credential().guid().toString();
            Tools tools = new Tools(owner, folder);
            Path voucher = write(folder.resolve("voucher.pem"), new Tools(factory, folder).done("voucher", "export", guid));
            tools.done("voucher", "import", voucher.toString());
            assertThat(tools.get("vouchers/" + guid).path("registrations").path(0).path("accepted").asBoolean()).isFalse();
            assertThat(device.onboard(new VirtualDevice.Owner(List.of(owner.url()), Optional.empty()))).containsKey("/etc/slipway/config.ign");
        }
    }

    @Test
    void renewsBeforeTheServerForgets() {
        try (RunningService rendezvous = rendezvous("-Dslipway.rendezvous.max-wait=PT6S");
                RunningService owner = owner("http://localhost:" + rendezvous.port())) {
            VirtualDevice device = initialise(owner);
            Tools tools = new Tools(owner, folder);
            String guid = device.credential().guid().toString();
            Instant first = Instant.parse(tools.awaitRegistration(guid, true).path("until").asText());
            RunningService.pause(8_000);
            Instant later = Instant.parse(tools.awaitRegistration(guid, true).path("until").asText());
            assertThat(later).isAfter(first.plusSeconds(4));
            assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
        }
    }

    @Test
    void believesTheCertificatesThatItIsToldToBelieve() {
        try (RunningService rendezvous = rendezvous()) {
            String url = "https://localhost:" + rendezvous.tlsPort();
            String guid;
            try (RunningService owner = owner(url)) {
                guid = initialise(owner).credential().guid().toString();
                assertThat(new Tools(owner, folder).awaitRegistration(guid, false).path("lastError").asText()).startsWith("no trust in " + url);
            }
            try (RunningService owner = owner(url, "-Dslipway.owner.rendezvous-tls=" + rendezvous.data().resolve("keys/tls.pem"))) {
                new Tools(owner, folder).awaitRegistration(guid, true);
            }
            try (RunningService owner = owner(url, "-Dslipway.owner.rendezvous-tls=any")) {
                new Tools(owner, folder).awaitRegistration(initialise(owner).credential().guid().toString(), true);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "manufacturer"})
    void takesRegistrationsOfThoseWhoAreListed(String kind) throws IOException {
        try (RunningService rendezvous = rendezvous("-Dslipway.rendezvous.accept=" + kind + "s");
                RunningService owner = owner("http://localhost:" + rendezvous.port())) {
            String guid = initialise(owner).credential().guid().toString();
            Tools tools = new Tools(owner, folder);
            assertThat(tools.awaitRegistration(guid, false).path("lastError").asText()).contains("error 2");
            Path listed = kind.equals("owner") ? keys(owner) : manufacturer(tools, guid);
            new Tools(rendezvous, folder).done("trust", "add", kind, listed.toString());
            tools.awaitRegistration(guid, true);
        }
    }

    /** A registration of a device whose certificate nobody listed above it. */
    @Test
    void refusesDevicesOfUnknownAuthoritiesIfToldTo() {
        try (RunningService rendezvous = rendezvous("-Dslipway.trust.registered.device-ca=strict");
                RunningService owner = owner("http://localhost:" + rendezvous.port())) {
            Tools tools = new Tools(owner, folder);
            String guid = initialise(owner).credential().guid().toString();
            assertThat(tools.awaitRegistration(guid, false).path("lastError").asText()).contains("error 2");
            Path voucher = folder.resolve("voucher.pem");
            assertThat(write(voucher, tools.done("voucher", "export", guid))).exists();
            new Tools(rendezvous, folder).done("trust", "add", "device-ca", DeviceCa.of(voucher, folder).toString());
            tools.awaitRegistration(guid, true);
        }
    }

    /** What stands in a certificate is written by a stranger; in the log it stays on its line, and short. */
    @Test
    void writesNoLineThatAPeerMadeUp() throws IOException {
        try (RunningService rendezvous = rendezvous("-Dslipway.trust.registered.device-ca=strict")) {
            VoucherFixture voucher = aVoucher().withAuthority(Collections.nCopies(40, "x\nFORGED line\n" + "y".repeat(40)));
            VoucherToleranceIT.register(rendezvous, voucher.encoded(), voucher.owner, CoseAlgorithm.ES256).isRefusal(22, 2);
            assertThat(rendezvous.log().lines()).anyMatch(line -> line.contains("x FORGED line")).noneMatch(line -> line.startsWith("FORGED"));
            assertThat(rendezvous.log().lines()).allMatch(line -> line.length() < 1_000);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The key that the voucher begins with, as a file. */
    private Path manufacturer(Tools tools, String guid) throws IOException {
        Path voucher = Files.writeString(folder.resolve("voucher.pem"), tools.done("voucher", "export", guid));
        return write(folder.resolve("manufacturer.pem"), ManufacturerKey.pem(voucher));
    }
}

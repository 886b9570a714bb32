package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FreePort;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Factory, rendezvous service and owner are three companies: three processes, three data folders. A voucher is carried by hand from one to
 * the next, and each of them is killed on the way. The device is one that nobody here wrote.
 */
class ThreeRolesIT {

    @TempDir
    private Path folder;

    private final List<RunningService> running = new ArrayList<>();
    private final int rendezvousPort = FreePort.find();
    private Path device;

    @BeforeEach
    void unpackDevice() throws IOException {
        device = Files.createDirectory(folder.resolve("device"));
    }

    @AfterEach
    void stopAll() {
        running.stream().filter(service -> service.process().isAlive()).forEach(RunningService::close);
    }

    private RunningService start(String name, int port, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("-Dslipway.roles=" + name.replaceAll("\\d", ""));
        all.add("-Dslipway.rendezvous.urls=http://localhost:" + rendezvousPort);
        RunningService service =
                RunningService.start(folder.resolve(name), port, FreePort.find(), List.of(), all.toArray(String[]::new));
        running.add(service);
        return service;
    }

    private RunningService rendezvous(String... settings) {
        return start("rendezvous", rendezvousPort, settings);
    }

    private RunningService killAndStartAgain(RunningService service, String name, String... settings) {
        service.kill();
        return start(name, service.port(), settings);
    }

    private Tools tools(RunningService service) {
        return new Tools(service, folder);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private String client(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Commands.tool("go-fdo-client")));
        command.addAll(List.of(arguments));
        Commands.Result result = Commands.run(device, Map.of(), 40, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private void onboard(String... more) throws IOException {
        Files.deleteIfExists(device.resolve("config.ign"));
        List<String> arguments = new ArrayList<>(List.of(
                "onboard", "--blob", "cred.bin", "--key", "ec256", "--kex", "ECDH256", "--cipher", "A128GCM", "--download", device.toString()));
        arguments.addAll(List.of(more));
        assertThat(client(arguments.toArray(String[]::new))).contains("FIDO Device Onboard Complete");
        assertThat(Files.readString(device.resolve("config.ign"))).contains("/etc/slipway/gateway-token");
    }

    /** The voucher of the device as its maker has it. */
    private String manufacture(RunningService manufacturer) {
        client("device-init", manufacturer.url().toString(), "--blob", "cred.bin", "--key", "ec256", "--device-info", "gateway", "--serial-number", "THREE-1");
        return Tools.json(tools(manufacturer).done("voucher", "list", "--json")).get(0).path("guid").asText();
    }

    @Test
    void carriesAVoucherFromTheFactoryToItsOwner() throws IOException {
        RunningService owner = start("owner", FreePort.find());
        Path ownerKeys = file("owner.pem", tools(owner).done("owner-key", "list"));
        RunningService manufacturer = start("manufacturer", FreePort.find(), "-Dslipway.manufacturer.next-owner=" + ownerKeys);
        String guid = manufacture(manufacturer);

        // The factory's voucher is on disk and the owner's: a killed factory has it still.
        manufacturer = killAndStartAgain(manufacturer, "manufacturer", "-Dslipway.manufacturer.next-owner=" + ownerKeys);
        JsonNode made = Tools.json(tools(manufacturer).done("voucher", "show", guid, "--json")).get(0);
        assertThat(made.at("/stored/state").asText()).isEqualTo("released");
        assertThat(made.at("/stored/serial").asText()).isEqualTo("THREE-1");
        Path voucher = file("voucher.pem", tools(manufacturer).done("voucher", "export", guid));

        // Taken in while the rendezvous service is not there; the owner is killed before it is.
        assertThat(tools(owner).done("voucher", "import", voucher.toString())).contains("1 imported, 0 unchanged, 0 refused");
        JsonNode waiting = tools(owner).awaitRegistration(guid, false);
        assertThat(waiting.path("lastError").asText()).isEqualTo("nobody answers at http://localhost:" + rendezvousPort);
        owner = killAndStartAgain(owner, "owner");
        RunningService rendezvous = rendezvous();
        JsonNode registered = tools(owner).awaitRegistration(guid, true);
        assertThat(Instant.parse(registered.path("until").asText())).isAfter(Instant.now().plus(Duration.ofDays(29)));
        assertThat(Instant.parse(registered.path("nextAttempt").asText()))
                .isBetween(Instant.now().plus(Duration.ofDays(13)), Instant.now().plus(Duration.ofDays(17)));

        // What the rendezvous service accepted outlives it.
        rendezvous.kill();
        rendezvous();
        onboard();
        String next = Tools.json(tools(owner).done("device", "show", guid, "--json")).get(0).at("/guids/1").asText();
        tools(owner).awaitRegistration(next, true);
        owner = killAndStartAgain(owner, "owner");
        onboard("--resale");
    }

    /** A new owner's registration takes the place of the old one's, and the old owner cannot undo that. */
    @Test
    void sellsADeviceOn() throws IOException {
        rendezvous();
        RunningService first = start("owner", FreePort.find());
        Path firstKeys = file("first.pem", tools(first).done("owner-key", "list"));
        RunningService manufacturer = start("manufacturer", FreePort.find());
        String guid = manufacture(manufacturer);
        assertThat(Tools.json(tools(manufacturer).done("voucher", "show", guid, "--json")).get(0).at("/stored/state").asText()).isEqualTo("held");
        Path voucher = file("voucher.pem", tools(manufacturer).done("voucher", "extend", guid, "--to", firstKeys.toString()));
        tools(first).done("voucher", "import", voucher.toString());
        tools(first).awaitRegistration(guid, true);

        RunningService second = start("owner2", FreePort.find());
        Path secondKeys = file("second.pem", tools(second).done("owner-key", "list"));
        Path sold = file("sold.pem", tools(first).done("voucher", "extend", guid, "--to", secondKeys.toString()));
        Commands.Result again = tools(first).run("voucher", "extend", guid, "--to", firstKeys.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("is somebody else's already");
        tools(second).done("voucher", "import", sold.toString());
        tools(second).awaitRegistration(guid, true);

        // Somebody who kept the voucher of the first owner tries to get the device back.
        Path data = folder.resolve("owner3/keys");
        Files.createDirectories(data);
        for (String key : List.of("owner.p12", "passphrase")) {
            Files.copy(folder.resolve("owner/keys").resolve(key), data.resolve(key));
        }
        RunningService thief = start("owner3", FreePort.find());
        tools(thief).done("voucher", "import", voucher.toString());
        assertThat(tools(thief).awaitRegistration(guid, false).path("lastError").asText()).contains("error 3");
        onboard();
        assertThat(Tools.json(tools(second).done("device", "show", guid, "--json")).get(0).path("state").asText()).isEqualTo("onboarded");
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ignition that nobody here wrote, an old one and a new one: its fetch stage, against the packaged service, over HTTPS, with a ticket. */
class IgnitionClientIT {

    private static final String FINISHED = "Ignition finished successfully";
    private static final Pattern FETCHED = Pattern.compile("fetched referenced config at (\\S+) with SHA512: ([0-9a-f]{128})");

    @TempDir
    private Path folder;

    /** A program, and the newest version of the specification that it knows. */
    record Ignition(String name, String program, String version) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Ignition> programs() {
        return Stream.of(
                new Ignition("Ignition 2.27.0", Commands.tool("ignition"), "3.6.0"),
                new Ignition("Debian's Ignition 2.14.0", "/usr/lib/dracut/modules.d/30ignition/ignition", "3.3.0"));
    }

    private RunningService start(Ignition ignition, String proof, String... settings) throws IOException {
        String[] all = Stream.concat(Stream.of(ConfigClient.profiles(folder, proof, ignition.version())), Stream.of(settings)).toArray(String[]::new);
        return RunningService.start(folder.resolve("data"), all);
    }

    /** A boot: a new machine with the pointer config as its {@code user.ign}. */
    private Process boot(Ignition ignition, String name, String pointer) throws IOException {
        Path machine = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(machine.resolve("system"));
        Files.createDirectories(machine.resolve("root"));
        Files.writeString(machine.resolve("system/user.ign"), pointer);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        ignition.program(), "-platform", "metal", "-stage", "fetch", "-root", machine.resolve("root").toString(), "-config-cache",
                        machine.resolve("cache").toString(), "-state-file", machine.resolve("state").toString(), "-neednet",
                        machine.resolve("neednet").toString(), "-log-to-stdout"))
                .redirectErrorStream(true)
                .redirectOutput(machine.resolve("journal").toFile());
        builder.environment().putAll(Map.of("IGNITION_SYSTEM_CONFIG_DIR", machine.resolve("system").toString()));
        return builder.start();
    }

    private String journal(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("journal"));
    }

    private String finish(Process boot, String name, int exitCode) throws IOException {
        try {
            if (!boot.waitFor(60, TimeUnit.SECONDS)) {
                boot.destroyForcibly().waitFor();
                throw new AssertionError("Ignition does not end:\n" + journal(name));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        String journal = journal(name);
        assertThat(boot.exitValue()).as(journal).isEqualTo(exitCode);
        return journal;
    }

    private JsonNode cache(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).resolve("cache").toFile());
    }

    /** Of the config, as Ignition logs it. */
    private static String sha512(String journal) {
        Matcher matcher = FETCHED.matcher(journal);
        assertThat(matcher.find()).as(journal).isTrue();
        return matcher.group(2);
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private void awaitJournal(String name, String part, int times) throws IOException {
        for (int i = 0; i < 300 && count(journal(name), part) < times; i++) {
            RunningService.pause(100);
        }
        assertThat(count(journal(name), part)).as(journal(name)).isGreaterThanOrEqualTo(times);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void waitsForApprovalFetchesTwiceAndIsRefusedAfterItsReport(Ignition ignition) throws IOException {
        try (RunningService service = start(ignition, "none")) {
            ConfigClient client = new ConfigClient(service);
            String guid = client.initialise("REAL-1");
            String pointer = client.api("GET", "/ignition/v1/pointer/" + guid).body();
            Process waiting = boot(ignition, "first", pointer);
            assertThatItIsValid(folder.resolve("first/system/user.ign"));
            awaitJournal("first", "GET result: Service Unavailable", 3);
            assertThat(waiting.isAlive()).isTrue();
            assertThat(client.api("POST", "/api/v1/devices/" + guid + "/approve").statusCode()).isEqualTo(204);
            String first = finish(waiting, "first", 0);
            assertThat(first).contains(FINISHED, "GET https://localhost:" + service.tlsPort() + "/ignition/v1/config", "GET result: OK");
            assertThat(cache("first").at("/storage/files/0/contents/source").asText()).isEqualTo("data:,gw-real-1%0A");
            assertThat(cache("first").at("/systemd/units/0/name").asText()).isEqualTo("slipway-welcome.service");

            String second = finish(boot(ignition, "second", pointer), "second", 0);
            assertThat(sha512(second)).as("octets of the config").isEqualTo(sha512(first));
            assertThat(cache("second")).isEqualTo(cache("first"));
            assertThat(service.log()).contains("config given: guid=" + guid, "sha512=" + sha512(first), "version=" + ignition.version());

            assertThat(client.done(ConfigClient.authorization(pointer))).isEqualTo(204);
            String third = finish(boot(ignition, "third", pointer), "third", 1);
            assertThat(third).contains("GET result: Forbidden").doesNotContain(FINISHED);
            assertThat(folder.resolve("third/cache")).doesNotExist();
            assertThat(first + second + third).doesNotContain(ConfigClient.authorization(pointer));
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isRefusedWhenItsLeaseHasExpired(Ignition ignition) throws IOException {
        try (RunningService service = start(ignition, "none", "-Dslipway.ignition.lease=PT4S")) {
            ConfigClient client = new ConfigClient(service);
            String pointer = client.api("POST", "/api/v1/devices/" + client.initialise("REAL-2") + "/approve").body();
            assertThat(finish(boot(ignition, "first", pointer), "first", 0)).contains(FINISHED);
            RunningService.pause(4_100);
            assertThat(finish(boot(ignition, "second", pointer), "second", 1)).contains("GET result: Forbidden");
        }
    }

    /** A device that did TO2 got a small file, and Ignition makes the machine of it. */
    @ParameterizedTest
    @MethodSource("programs")
    void fetchesWithTheTicketThatAnOnboardedDeviceGot(Ignition ignition) throws IOException {
        Path profile = folder.resolve("profiles/edge-gateway");
        Files.createDirectories(profile);
        Files.writeString(profile.resolve("plan.yaml"), "- pointer: {name: /boot/ignition/config.ign}\n");
        try (RunningService service = start(ignition, "ownership")) {
            Path device = Files.createDirectory(folder.resolve("device"));
            goFdo(device, "device-init", service.url().toString(), "--blob", "cred.bin", "--key", "ec256", "--device-info", "gateway", "--serial-number", "REAL-3");
            goFdo(device, "onboard", "--blob", "cred.bin", "--key", "ec256", "--kex", "ECDH256", "--download", device.toString());
            String pointer = Files.readString(device.resolve("config.ign"));
            assertThat(pointer).doesNotContain("gw-real-3").contains("\"version\":\"3.1.0\"");
            String journal = finish(boot(ignition, "machine", pointer), "machine", 0);
            assertThat(journal).contains(FINISHED);
            assertThat(cache("machine").at("/storage/files/0/contents/source").asText()).isEqualTo("data:,gw-real-3%0A");
            JsonNode ticket = new Tools(service, folder).get("devices?limit=1").path("devices").path(0);
            JsonNode shown = new Tools(service, folder).get("devices/" + ticket.path("id").asText()).path("tickets").path(0);
            assertThat(shown.path("proof").asText()).isEqualTo("ownership");
            assertThat(shown.path("means").asText()).isEqualTo("to2");
            assertThat(shown.path("state").asText()).isEqualTo("leased");
        }
    }

    private void assertThatItIsValid(Path pointer) {
        Commands.Result verdict = Commands.run(folder, Map.of(), 20, List.of(Commands.tool("ignition-validate"), pointer.toString()));
        assertThat(verdict.exitCode()).as(verdict.output()).isZero();
        assertThat(verdict.output()).isEmpty();
    }

    private static void goFdo(Path device, String... arguments) {
        List<String> command = Stream.concat(Stream.of(Commands.tool("go-fdo-client")), Stream.of(arguments)).toList();
        Commands.Result result = Commands.run(device, Map.of(), 40, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}

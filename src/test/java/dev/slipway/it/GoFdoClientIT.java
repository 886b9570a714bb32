package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device that nobody here wrote: go-fdo-client 1.0.0, against the packaged service. */
class GoFdoClientIT {

    private static final String COMPLETE = "FIDO Device Onboard Complete";

    @TempDir
    private Path folder;

    /** The key exchange has to fit the owner's curve for this client, so each gets an owner key of its curve. */
    @ParameterizedTest(name = "{0} with owner key {1}")
    @CsvSource({"http,ec256,ECDH256", "http,ec384,ECDH384", "https,ec256,ECDH256", "https,ec384,ECDH384"})
    void initialisesAndOnboardsWithEverySuite(String scheme, String ownerKey, String kex) throws IOException {
        String publicUrl = scheme.equals("http") ? "http://localhost:%PORT%" : "https://localhost:%TLS%";
        try (RunningService service = RunningService.start(
                folder.resolve("data"), "-Dslipway.manufacturer.key-type=" + ownerKey, "-Dslipway.public-url=" + publicUrl)) {
            int port = scheme.equals("http") ? service.port() : service.tlsPort();
            for (String deviceKey : List.of("ec256", "ec384")) {
                for (String cipher : List.of("A128GCM", "A256GCM")) {
                    onboardTwice(service, scheme + "://localhost:" + port, deviceKey, kex, cipher);
                }
            }
        }
    }

    /** A large file of the profile comes from disk, whole, before the config. */
    @Test
    void downloadsTheFilesOfTheProfile() throws IOException {
        Path profile = folder.resolve("profiles/edge-gateway");
        copyProfile(profile);
        byte[] large = new byte[1_500_000];
        new Random(7).nextBytes(large);
        Files.write(Files.createDirectory(profile.resolve("files")).resolve("large.bin"), large);
        Files.writeString(profile.resolve("plan.yaml"), """
                - download: {source: files/large.bin, name: /opt/large.bin}
                - download: {source: config, name: /etc/slipway/config.ign}
                """);
        try (RunningService service = RunningService.start(folder.resolve("data"), "-Dslipway.profiles=" + folder.resolve("profiles"))) {
            Path device = Files.createDirectory(folder.resolve("device"));
            client(service, device, "device-init", service.url().toString(), "--blob", "cred.bin", "--key", "ec256", "--device-info", "gateway", "--serial-number", "LARGE-1");
            String output = client(
                    service, device, "onboard", "--blob", "cred.bin", "--key", "ec256", "--kex", "ECDH256", "--download", device.toString(),
                    "--max-serviceinfo-size", "16000");
            assertThat(output).contains(COMPLETE);
            assertThat(Files.readAllBytes(device.resolve("large.bin"))).isEqualTo(large);
            assertThat(device.resolve("config.ign")).exists();
        }
    }

    private static void copyProfile(Path target) throws IOException {
        Files.createDirectories(target);
        for (String file : List.of("config.ign.json", "parameters.yaml")) {
            Files.copy(Commands.baseFolder().resolve("config-templates/edge-gateway").resolve(file), target.resolve(file));
        }
    }

    /** A serial number full of what templates, units and JSON are made of is plain text in the right place, and nothing more. */
    @Test
    void rendersAHostileSerialNumberAsPlainText() throws IOException {
        String serial = "\"%n' {{ param.gateway_token }} ${PATH} {} $(reboot) \u00fc";
        try (RunningService service = RunningService.start(folder.resolve("data"))) {
            Path device = Files.createDirectory(folder.resolve("device"));
            client(service, device, "device-init", service.url().toString(), "--blob", "cred.bin", "--key", "ec256", "--device-info", "gateway", "--serial-number", serial);
            assertThat(client(service, device, "onboard", "--blob", "cred.bin", "--key", "ec256", "--kex", "ECDH256", "--download", device.toString()))
                    .contains(COMPLETE);
            JsonNode config = new ObjectMapper().readTree(device.resolve("config.ign").toFile());
            assertThat(config.at("/systemd/units/0/contents").asText())
                    .contains("\nDescription=Welcome of gateway \"%%n' {{ param.gateway_token }} ${PATH} {} $(reboot) \u00fc\n");
            assertThat(config.at("/storage/files/0/contents/source").asText()).matches("data:,gw-[0-9a-f-]{36}%0A");
            assertThat(config.at("/storage/files")).hasSize(2);
            Commands.Result verdict = Commands.run(device, Map.of(), 20, List.of(Commands.tool("ignition-validate"), "config.ign"));
            assertThat(verdict.exitCode()).as(verdict.output()).isZero();
        }
    }

    private void onboardTwice(RunningService service, String url, String deviceKey, String kex, String cipher) throws IOException {
        String serial = "GO-" + deviceKey + "-" + cipher;
        Path device = Files.createDirectory(folder.resolve(serial));
        Bytes expected = service.rendered(serial, "gateway");
        assertThat(new String(expected.toArray())).contains("data:,gw-" + serial.toLowerCase() + "%0A");

        client(service, device, "device-init", url, "--blob", "cred.bin", "--key", deviceKey, "--device-info", "gateway", "--serial-number", serial);
        Bytes afterFactory = credential(device);
        String first = client(
                service, device, "onboard", "--blob", "cred.bin", "--key", deviceKey, "--kex", kex, "--cipher", cipher, "--download", device.toString());
        assertThat(first).contains(COMPLETE);
        assertThat(config(device)).isEqualTo(expected);
        Bytes afterFirst = credential(device);
        assertThat(afterFirst).isNotEqualTo(afterFactory);

        Files.delete(device.resolve("config.ign"));
        String second = client(
                service, device, "onboard", "--resale", "--blob", "cred.bin", "--key", deviceKey, "--kex", kex, "--cipher", cipher,
                "--max-serviceinfo-size", "4096", "--download", device.toString());
        assertThat(second).contains(COMPLETE);
        assertThat(config(device)).isEqualTo(expected);
        assertThat(credential(device)).isNotEqualTo(afterFirst);

        Commands.Result verdict = Commands.run(device, Map.of(), 20, List.of(Commands.tool("ignition-validate"), "config.ign"));
        assertThat(verdict.exitCode()).as(verdict.output()).isZero();
    }

    private static String client(RunningService service, Path device, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Commands.tool("go-fdo-client")));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("SSL_CERT_FILE", service.data().resolve("keys/tls.pem").toString());
        Commands.Result result = Commands.run(device, environment, 40, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private static Bytes config(Path device) throws IOException {
        return Bytes.owning(Files.readAllBytes(device.resolve("config.ign")));
    }

    private static Bytes credential(Path device) throws IOException {
        return Bytes.owning(Files.readAllBytes(device.resolve("cred.bin")));
    }
}

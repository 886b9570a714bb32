package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address that asks for too many challenges waits, and no other does. */
class ChallengeRateIT {

    private static final String BODY = "{\"guid\":\"7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60\"}";

    @TempDir
    private Path folder;

    private static HttpResponse<String> ask(RunningService service, String from, String path) {
        try (HttpClient http = HttpClient.newBuilder().localAddress(InetAddress.getByName(from)).version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/attest/v1/" + path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(BODY))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    private static void drain(RunningService service) {
        for (int i = 0; i < 1_000; i++) {
            if (ask(service, "127.0.0.1", "challenges").statusCode() == 429) {
                return;
            }
        }
        throw new AssertionError("is never told to wait");
    }

    @Test
    void tellsOneAddressToWait() throws IOException {
        try (RunningService service = RunningService.start(folder.resolve("data"), "-Dslipway.limits.challenges-per-peer=3")) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(service, "127.0.0.1", "challenges").statusCode()).isEqualTo(201);
            }
            for (String path : List.of("challenges", "enrollments")) {
                HttpResponse<String> refused = ask(service, "127.0.0.1", path);
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.body()).isEqualTo("{\"error\":\"BUSY\",\"detail\":\"too much at once; try again in some seconds\"}\n");
                assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(5L, 21L);
            }
            assertThat(ask(service, "127.0.0.1", "enrollments/" + "0".repeat(32) + "/proof").statusCode()).as("an answer").isEqualTo(400);
            assertThat(ask(service, "127.0.0.1", "evidence").statusCode()).as("an answer").isEqualTo(403);
            assertThat(ask(service, "127.0.0.2", "challenges").statusCode()).as("another address").isEqualTo(201);
            assertThat(service.log()).contains("BUSY: more than 3 challenges of one address in a minute; see slipway.limits.challenges-per-peer");
        }
        assertThat(Database.count(
                        folder.resolve("data"), "select count(*) from audit_event where reason = 'BUSY' and facts like '%127.0.0.1%'"))
                .isEqualTo(2);
    }

    /** By the scripts that lines and machines have: neither takes it for a refusal, and both wait as long as they are told. */
    @Test
    void letsTheProgramsOfLinesAndMachinesComeAgain() throws IOException {
        try (RunningService service = RunningService.start(folder.resolve("data"), "-Dslipway.limits.challenges-per-peer=6");
                TpmDevice device = TpmDevice.start(folder.resolve("d"), "ecc")) {
            new Tools(service, folder).done("trust", "add", "tpm-ca", device.vendorFile().toString());
            device.storeEkCertificate("0x01c0000a");
            Path work = Files.createDirectories(folder.resolve("work"));
            Map<String, String> environment = new HashMap<>(device.tpm().environment());
            environment.put("SLIPWAY_ATTEST_CONF", Files.writeString(work.resolve("conf"), "URL=" + service.url() + "\nTRIES=2\n").toString());
            for (DeviceShell shell : DeviceShell.values()) {
                drain(service);
                Commands.Result enrolled =
                        shell.run("factory/enroll.sh", work, device.tpm().environment(), List.of("--url", service.url().toString()));
                assertThat(enrolled.exitCode()).as(enrolled.output()).isZero();
                assertThat(enrolled.output())
                        .containsPattern("the service is busy: too much at once; try again in some seconds; trying again in (5|6|7|8|9|10|11) s\n")
                        .contains("enrolled ");
                drain(service);
                Commands.Result attested = shell.run("dracut/90slipway/slipway-attest.sh", work, environment, List.of());
                assertThat(attested.output())
                        .containsPattern("busy: too much at once; try again in some seconds\n.*trying again in (5|6|7|8|9|10|11) s\n")
                        .contains("refused: POLICY: this device gets nothing here", "gave up after 2 tries");
            }
        }
    }
}

package dev.slipway.it;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.voucher.VoucherPem;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Vouchers that others made, taken in by the operator's commands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VoucherImportIT {

    /** Refused for what the folder's README says of them, and for keys that are not ours. */
    private static final List<String> OUTCOMES = List.of(
            "captures/csdk-ecdsa256-ccm/voucher.pem, imported,",
            "captures/csdk-ecdsa256-gcm/voucher.pem, imported,",
            "captures/csdk-ecdsa256-gcm-svi-fsim/voucher.cbor, imported,",
            "captures/csdk-ecdsa384-gcm/voucher.pem, imported,",
            "captures/csdk-tpm256-gcm/voucher.pem, imported,",
            "captures/pri-ecdsa256-a128gcm-cosekey/voucher.pem, imported,",
            "captures/pri-ecdsa256-a256gcm/voucher.pem, imported,",
            "captures/pri-ecdsa384-a256gcm/voucher.pem, imported,",
            "derived/ov-two-entries.pem, imported,",
            "captures/pri-ecdsa256-rsa2048owner-asymkex/voucher.pem, refused, voucher.key-type",
            "captures/pri-ecdsa256-rsa2048owner-dh14/voucher.pem, refused, voucher.key-type",
            "captures/csdk-ecdsa256-ccm/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/csdk-ecdsa256-gcm/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/csdk-ecdsa256-gcm-svi-fsim/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/csdk-ecdsa384-gcm/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/csdk-tpm256-gcm/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/pri-ecdsa256-a128gcm-cosekey/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/pri-ecdsa256-a256gcm/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/pri-ecdsa256-rsa2048owner-asymkex/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/pri-ecdsa256-rsa2048owner-dh14/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "captures/pri-ecdsa384-a256gcm/voucher.unextended.pem, refused, voucher.entries voucher.owner-key",
            "go-fdo/ov.pem, refused, voucher.entries voucher.owner-key",
            "go-fdo/ov_extended.pem, refused, voucher.owner-key",
            "go-fdo/ov_resale_readme.pem, refused, voucher.owner-key",
            "fdo-rs/v100-voucher1.pem, refused, voucher.format",
            "fdo-rs/v100-voucher2.pem, refused, voucher.format",
            "fdo-rs/v101-voucher1.pem, refused, voucher.chain-hash voucher.device-chain-dates voucher.owner-key",
            "fdo-rs/testdevice1.ov.cbor, refused, voucher.chain-hash voucher.device-chain-dates voucher.owner-key",
            "fdo-rs/v101-voucher2.pem, refused, voucher.owner-key",
            "fdo-rs/v101-voucher3.pem, refused, voucher.owner-key");

    @TempDir
    private static Path folder;

    private RunningService service;
    private Tools tools;

    @BeforeAll
    void startWithTheKeysOfOthers() {
        service = RunningService.start(folder.resolve("data"));
        tools = withKeys(
                service,
                "captures/keys/owner-secp256r1.key.pem",
                "captures/keys/owner-secp384r1.key.pem",
                "captures/keys/owner-rsa2048restr.key.pem",
                "derived/owner2-p384.pem");
    }

    private static Tools withKeys(RunningService service, String... keys) {
        Tools tools = new Tools(service, folder);
        for (String key : keys) {
            tools.done("owner-key", "import", Vectors.file(key).toString());
        }
        return tools;
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private JsonNode take(String file) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/api/v1/vouchers"))
                .header("Authorization", "Bearer " + Files.readString(service.data().resolve("api-token")).strip())
                .POST(HttpRequest.BodyPublishers.ofFile(Vectors.file(file)))
                .build();
        try (HttpClient http = RunningService.http()) {
            return new ObjectMapper().readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body()).get(0);
        }
    }

    private static List<String> failed(JsonNode report) {
        return StreamSupport.stream(report.path("checks").spliterator(), false)
                .filter(check -> check.path("result").asText().equals("failed"))
                .map(check -> check.path("name").asText())
                .toList();
    }

    static Stream<Arguments> outcomes() {
        return OUTCOMES.stream().map(line -> {
            String[] parts = line.split(", ?", -1);
            return Arguments.arguments(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
        });
    }

    /** Each voucher that somebody else made is one of those; some are there in two forms. */
    @Test
    void namesEveryVoucherOfOthers() throws IOException {
        Set<Bytes> named = new HashSet<>();
        for (String line : OUTCOMES) {
            named.addAll(vouchers(Vectors.file(line.split(",")[0])));
        }
        try (Stream<Path> files = Files.walk(Vectors.file("."))) {
            for (Path file : files.filter(file -> file.toString().matches(".*(voucher|ov)[^/]*\\.(pem|cbor)")).toList()) {
                assertThat(named).as(file.toString()).containsAll(vouchers(file));
            }
        }
    }

    /** None where there is something else in it. */
    private static List<Bytes> vouchers(Path file) throws IOException {
        try {
            return VoucherPem.split(Bytes.owning(Files.readAllBytes(file)));
        } catch (Failure.Malformed e) {
            return List.of();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("outcomes")
    void takesInVouchersOfOthersOrSaysWhyNot(String file, String outcome, String checks) throws IOException, InterruptedException {
        JsonNode report = take(file);
        assertThat(report.path("outcome").asText()).as(report.toString()).isEqualTo(outcome);
        assertThat(failed(report)).containsExactlyElementsOf(checks.isEmpty() ? List.of() : Arrays.asList(checks.split(" ")));
        if (outcome.equals("imported")) {
            assertThat(take(file).path("outcome").asText()).isEqualTo("unchanged");
        }
    }

    @Test
    void showsBothVouchersForOneGuidAndKeepsTheFirst() throws IOException {
        try (RunningService fresh = RunningService.start(folder.resolve("conflict"))) {
            Tools its = withKeys(fresh, "derived/owner1-p384.pem", "derived/owner2-p384.pem");
            its.done("voucher", "import", Vectors.file("derived/ov-two-entries.pem").toString());
            // The same voucher as its second owner had it: an entry shorter, and in order.
            Path shorter = Files.write(folder.resolve("shorter.cbor"), ShorterVoucher.of(Vectors.file("derived/ov-two-entries.pem")));
            Commands.Result result = its.run("voucher", "import", shorter.toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output())
                    .contains("66b2146f-fec5-3ca6-ad01-7625990572ce refused", "FAILED         voucher.known")
                    .containsPattern("stored +SHA-256 [0-9a-f]{64}, device info go.fdo.example, 2 entries")
                    .containsPattern("offered +SHA-256 [0-9a-f]{64}, device info go.fdo.example, 1 entries");
            assertThat(its.done("voucher", "export", "66b2146f-fec5-3ca6-ad01-7625990572ce").replaceAll("\\s", ""))
                    .isEqualTo(Files.readString(Vectors.file("derived/ov-two-entries.pem")).replaceAll("\\s", ""));
        }
    }

    @Test
    void keepsNoPrivateKeyOfAFile() throws IOException {
        Path both = folder.resolve("both.pem");
        Files.writeString(both, Vectors.text("derived/owner2-p384.pem") + "\n" + Vectors.text("captures/csdk-ecdsa256-gcm/voucher.pem") + "\n"
                + Vectors.text("go-fdo/mfg_key.pem"));
        String secret = Vectors.text("go-fdo/mfg_key.pem").lines().skip(1).findFirst().orElseThrow();
        try (RunningService fresh = RunningService.start(folder.resolve("both"))) {
            assertThat(withKeys(fresh, "captures/keys/owner-secp256r1.key.pem").done("voucher", "import", both.toString())).contains("1 imported");
            try (Stream<Path> files = Files.walk(fresh.data())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(secret);
                }
            }
            assertThat(fresh.log()).doesNotContain(secret);
        }
    }

    @Test
    void shutsOutWhoIsNotListedWhereTheOperatorWantsThat() {
        Path data = folder.resolve("strict");
        try (RunningService strict =
                RunningService.start(data, "-Dslipway.trust.imported.device-ca=strict", "-Dslipway.trust.imported.manufacturer=strict")) {
            Tools its = new Tools(strict, folder);
            its.done("owner-key", "import", Vectors.file("captures/keys/owner-secp256r1.key.pem").toString());
            String voucher = Vectors.file("captures/csdk-ecdsa256-gcm/voucher.pem").toString();
            assertThat(failed(Tools.json(its.run("voucher", "import", "--json", voucher).output()).get(0)))
                    .containsExactly("voucher.device-ca", "voucher.manufacturer");
            String manufacturer = Vectors.file("captures/keys/manufacturer-secp256r1.cert.pem").toString();
            its.done("trust", "add", "manufacturer", manufacturer);
            assertThat(failed(Tools.json(its.run("voucher", "import", "--json", voucher).output()).get(0))).containsExactly("voucher.device-ca");
            its.done("trust", "add", "device-ca", DeviceCa.of(Vectors.file("captures/csdk-ecdsa256-gcm/voucher.pem"), folder).toString());
            assertThat(its.done("voucher", "import", voucher)).contains("1 imported");
            assertThat(its.done("voucher", "list")).contains(" trusted ").doesNotContain("untrusted");
            JsonNode listed = Tools.json(its.done("trust", "list", "--json")).get(0);
            its.done("trust", "remove", listed.path("kind").asText(), listed.path("fingerprint").asText());
            assertThat(Tools.json(its.done("trust", "list", "--json"))).hasSize(1);
        }
    }

    @Test
    void verifiesAFileWithoutAService() {
        List<String> command = List.of(Commands.launcher(), "voucher", "verify", Vectors.file("go-fdo/ov_extended.pem").toString());
        Commands.Result good = Commands.run(folder, Map.of(), 30, command);
        assertThat(good.exitCode()).as(good.output()).isZero();
        assertThat(good.output()).contains("voucher f1d0fd00-66bd-4ef3-92bc-1b7c393fbe18", "voucher.signature            6 entries", "RSA2048RESTR");
        List<String> wrong = List.of(Commands.launcher(), "voucher", "verify", Vectors.file("fdo-rs/v101-voucher1.pem").toString());
        Commands.Result bad = Commands.run(folder, Map.of(), 30, wrong);
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.output()).contains("FAILED         voucher.chain-hash");
    }

    /** Devices lie on shelves for years: by default a certificate that has expired is no good, and the operator may see that otherwise. */
    @Test
    void takesDevicesWhoseCertificatesHaveExpiredIfToldTo() throws IOException {
        VoucherFixture fixture = aVoucher().withCertificatesUntil(Instant.now().minus(Duration.ofDays(1)));
        Path voucher = Files.write(folder.resolve("expired.cbor"), fixture.encoded().toArray());
        Path key = Files.writeString(folder.resolve("expired.pem"), "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(fixture.owner.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n");
        try (RunningService strict = RunningService.start(folder.resolve("dates"))) {
            Tools its = new Tools(strict, folder);
            its.done("owner-key", "import", key.toString());
            Commands.Result refused = its.run("voucher", "import", "--json", voucher.toString());
            assertThat(failed(Tools.json(refused.output()).get(0))).containsExactly("voucher.device-chain-dates");
        }
        try (RunningService lenient = RunningService.start(folder.resolve("dates"), "-Dslipway.trust.dates=record")) {
            JsonNode report = Tools.json(new Tools(lenient, folder).done("voucher", "import", "--json", voucher.toString())).get(0);
            assertThat(report.path("outcome").asText()).isEqualTo("imported");
            assertThat(report.path("checks")).anySatisfy(check -> {
                assertThat(check.path("name").asText()).isEqualTo("voucher.device-chain-dates");
                assertThat(check.path("result").asText()).isEqualTo("noted");
                assertThat(check.path("found").asText()).startsWith("certificate 0 expired at ");
            });
        }
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.cli.FreePort;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.policy.Policies;
import dev.slipway.tpm.TpmtPublic;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A TPM of other people says what its machine booted, and gets the config of its device; nobody else does. */
class FirstBootIT {

    private static final String PCRS = "sha256:0,2,4,7,9,11";

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static AttestClient client;
    private static Tools operator;
    /** A device that was enrolled and initialised, and has not onboarded. */
    private static TpmDevice device;
    private static String guid;

    @BeforeAll
    static void start() {
        service = RunningService.start(folder.resolve("data"));
        client = AttestClient.of(service);
        operator = new Tools(service, folder);
        device = FdoTpmDevice.fromTheLine(folder.resolve("d"), service, operator);
        guid = operator.get("devices").path("devices").path(0).path("guids").path(0).asText();
    }

    @AfterAll
    static void stop() {
        device.close();
        service.close();
    }

    private static JsonNode challenge() {
        return client.post("challenges", Map.of(), Map.of("guid", guid)).isStatus(201);
    }

    private static AttestClient.Reply evidence(JsonNode challenge, Map<String, Bytes> quote) {
        return client.post("evidence", quote, Map.of("session", challenge.path("session").asText()));
    }

    private static Map<String, Bytes> quote(JsonNode challenge) {
        return device.quote(TpmDevice.octets(challenge, "nonce"), challenge.path("pcr_selection").asText());
    }

    private static JsonNode attest() {
        JsonNode challenge = challenge();
        return evidence(challenge, quote(challenge)).isStatus(200);
    }

    private static String ticket(Bytes secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.toArray());
    }

    private static HttpResponse<String> config(String ticket) {
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/ignition/v1/config")).header("Authorization", "Bearer " + ticket).build();
        try (HttpClient http = RunningService.http()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void logged(String reason) {
        try {
            assertThat(service.log()).contains("attestation.refused: " + reason);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void getsItsConfigForAQuote() throws IOException {
        JsonNode challenge = challenge();
        assertThat(challenge.path("session").asText()).matches("[0-9a-f]{32}");
        assertThat(TpmDevice.octets(challenge, "nonce").length()).isEqualTo(32);
        assertThat(challenge.path("pcr_selection").asText()).isEqualTo(PCRS);
        assertThat(challenge.path("expires_in").asInt()).isEqualTo(120);
        JsonNode released = evidence(challenge, quote(challenge)).isStatus(200);
        assertThat(released.path("expires_in").asInt()).isEqualTo(600);
        assertThat(released.path("config_url").asText()).isEqualTo("https://localhost:" + service.tlsPort() + "/ignition/v1/config");
        assertThat(operator.done("device", "show", guid)).contains("proof ownership by attestation").contains("quoted       sha256:7 " + device.tpm().read("pcrs").slice(96, 128).toHex());

        String ticket = ticket(device.open(TpmDevice.octets(released, "token_credential")));
        HttpResponse<String> config = config(ticket);
        assertThat(config.statusCode()).as(config.body()).isEqualTo(200);
        assertThat(config.body()).isEqualTo(new String(service.rendered("BOOT-1", "gateway").toArray(), StandardCharsets.UTF_8));

        String pointer = new String(TpmDevice.octets(released, "pointer").toArray(), StandardCharsets.UTF_8).replace("@TICKET@", ticket);
        JsonNode replace = new ObjectMapper().readTree(pointer).at("/ignition/config/replace");
        assertThat(replace.path("source").asText()).isEqualTo(released.path("config_url").asText());
        assertThat(replace.at("/httpHeaders/0/value").asText()).isEqualTo("Bearer " + ticket);
        assertThat(service.log()).doesNotContain(ticket);
    }

    /** By whatever name it knows itself. */
    @Test
    void isKnownByItsKeys() {
        JsonNode known = operator.get("enrollments/" + guid);
        for (Map<String, String> who : List.of(
                Map.of("ak_name", known.path("ak").asText()), Map.of("ek_name", known.path("eks").path(0).asText()), Map.of("guid", guid.replace("-", "")))) {
            JsonNode challenge = client.post("challenges", Map.of(), who).isStatus(201);
            evidence(challenge, quote(challenge)).isStatus(200);
        }
    }

    /** Evidence is long, and is read before it is known whose it is. */
    @Test
    void readsLittleEvidenceOfOnePeerAtOnce() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(service.url().getHost(), service.url().getPort());
                slow.add(socket);
                socket.getOutputStream().write(
                        "POST /attest/v1/evidence HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{".getBytes());
            }
            await(503);
            client.post("challenges", Map.of(), Map.of("guid", guid)).isStatus(201);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        await(403);
        client.post("evidence", "application/json", new byte[384 * 1024 + 1]).isRefusal(413, "TOO_LARGE");
    }

    /** What evidence is answered once the service has seen what other connections did. */
    private static void await(int status) {
        int answered = 0;
        for (int i = 0; i < 100 && answered != status; i++) {
            RunningService.pause(50);
            answered = client.post("evidence", "application/json", new byte[] {'{', '}'}).status();
        }
        assertThat(answered).isEqualTo(status);
    }

    /** Nobody learns which devices there are. */
    @Test
    void asksWhoeverIsNotKnownTheSame() {
        JsonNode challenge = client.post("challenges", Map.of(), Map.of("guid", VoucherFixture.random(16).toHex())).isStatus(201);
        assertThat(challenge.path("session").asText()).matches("[0-9a-f]{32}");
        assertThat(challenge.path("pcr_selection").asText()).isEqualTo(PCRS);
        evidence(challenge, quote(challenge)).isRefusal(403, "EVIDENCE");
        for (Map<String, String> who : List.of(
                Map.<String, String>of(), Map.of("guid", "x"), Map.of("ak_name", "00"), Map.of("guid", guid, "ak_name", "000b" + "0".repeat(64)), Map.of("serial", "1"))) {
            client.post("challenges", Map.of(), who).isRefusal(403, "EVIDENCE");
        }
        client.post("challenges", "application/json", new byte[2000]).isRefusal(413, "TOO_LARGE");
    }

    @Test
    void refusesAQuoteThatWasMadeBefore() {
        JsonNode first = challenge();
        Map<String, Bytes> quote = quote(first);
        evidence(first, quote).isStatus(200);
        evidence(first, quote).isRefusal(403, "EVIDENCE");
        logged("SESSION_UNKNOWN");
        evidence(challenge(), quote).isRefusal(403, "EVIDENCE");
        logged("NONCE");
    }

    /** A wrong answer uses the challenge up as well. */
    @Test
    void refusesAQuoteOverOtherRegisters() {
        JsonNode challenge = challenge();
        Bytes nonce = TpmDevice.octets(challenge, "nonce");
        evidence(challenge, device.quote(nonce, "sha256:0,2,4,7,9")).isRefusal(403, "EVIDENCE");
        logged("PCR_SELECTION");
        evidence(challenge, device.quote(nonce, PCRS)).isRefusal(403, "EVIDENCE");
        JsonNode second = challenge();
        Map<String, Bytes> changed = new HashMap<>(quote(second));
        changed.put("pcrs", VoucherFixture.random(6 * 32));
        evidence(second, changed).isRefusal(403, "EVIDENCE");
        logged("PCR_DIGEST");
        JsonNode third = challenge();
        evidence(third, Map.of("quote", Bytes.of((byte) 1))).isRefusal(403, "EVIDENCE");
    }

    /** It cannot answer for the device, and it cannot open what the device was given. */
    @Test
    void refusesAnotherTpmAndKeepsTheTicketFromIt() {
        try (TpmDevice other = TpmDevice.start(folder.resolve("other"), "ecc")) {
            other.keepAk();
            JsonNode challenge = challenge();
            evidence(challenge, other.quote(TpmDevice.octets(challenge, "nonce"), PCRS)).isRefusal(403, "EVIDENCE");
            logged("SIGNATURE");
            assertThat(other.cannotOpen(TpmDevice.octets(attest(), "token_credential"))).contains("ERROR");
            client.post("challenges", Map.of(), Map.of("guid", guid));
            operator.done("trust", "add", "tpm-ca", other.vendorFile().toString());
            JsonNode enrolled = client.enroll(other, "");
            JsonNode asked = client.post("challenges", Map.of(), Map.of("ak_name", enrolled.path("ak_name").asText())).isStatus(201);
            evidence(asked, other.quote(TpmDevice.octets(asked, "nonce"), PCRS)).isRefusal(403, "POLICY");
            logged("FORBIDDEN");
        }
        assertThat(config(ticket(VoucherFixture.random(32))).statusCode()).isEqualTo(403);
    }

    @Test
    void refusesAQuoteThatComesLate() {
        try (RunningService hasty = RunningService.start(folder.resolve("hasty"), "-Dslipway.tpm.quote-time=PT0.2S", "-Dslipway.tpm.pcrs=sha256:7")) {
            AttestClient late = AttestClient.of(hasty);
            new Tools(hasty, folder).done("trust", "add", "tpm-ca", device.vendorFile().toString());
            try (TpmDevice other = TpmDevice.start(folder.resolve("late"), "ecc")) {
                new Tools(hasty, folder).done("trust", "add", "tpm-ca", other.vendorFile().toString());
                other.keepAk();
                JsonNode enrolled = late.enroll(other, "");
                JsonNode challenge = late.post("challenges", Map.of(), Map.of("ak_name", enrolled.path("ak_name").asText())).isStatus(201);
                assertThat(challenge.path("pcr_selection").asText()).isEqualTo("sha256:7");
                Map<String, Bytes> quote = other.quote(TpmDevice.octets(challenge, "nonce"), "sha256:7");
                RunningService.pause(250);
                late.post("evidence", quote, Map.of("session", challenge.path("session").asText())).isRefusal(403, "EVIDENCE");
            }
        }
    }

    /** What an operator accepted has to be booted again. */
    @Test
    void holdsADeviceToWhatWasAccepted() {
        for (int pcr : new int[] {0, 2, 4, 7}) {
            device.tpm().run("pcrextend", pcr + ":sha256=" + "5a".repeat(32));
        }
        attest();
        assertThat(operator.done("device", "enrollment", "accept-boot", guid)).contains("boots        what was accepted at ");
        attest();
        assertThat(operator.done("device", "show", guid)).contains("proof attested by attestation");
        device.tpm().run("pcrextend", "7:sha256=" + "5b".repeat(32));
        JsonNode challenge = challenge();
        evidence(challenge, quote(challenge)).isRefusal(403, "POLICY");
        logged("PCR_POLICY: error attestation.pcr-policy at sha256:7: expected by image accepted at");
        operator.done("device", "enrollment", "record-boot", guid);
        attest();
        assertThat(operator.done("device", "show", guid)).as("of the latest, first").containsPattern("ticket +unused until [^\\n]*, proof ownership by attestation");
    }

    /** A right that was taken away is not won back by another quote. */
    @Test
    void getsNoTicketAfterARevocationUntilAnOperatorApproves() {
        attest();
        operator.done("device", "revoke", guid);
        JsonNode challenge = challenge();
        evidence(challenge, quote(challenge)).isRefusal(403, "POLICY");
        logged("FORBIDDEN: the device's last ticket was revoked; ./slipway device approve " + guid);
        operator.done("device", "approve", guid);
        attest();
    }

    private static Commands.Result attestSh(TpmDevice machine, String conf, Path work) throws IOException {
        return DeviceShell.DASH.attest(machine, conf, work);
    }

    /** No program of ours on the device but a shell script: then stock Ignition fetches with what that left. */
    @ParameterizedTest
    @EnumSource
    void leavesAPointerForStockIgnition(DeviceShell shell) throws IOException {
        Path machine = Files.createDirectories(folder.resolve("machine-" + shell));
        String tls = "https://localhost:" + service.tlsPort();
        String conf = "URL=" + tls + "\nCA=" + service.data().resolve("keys/tls.pem") + "\nPOINTER=\"system/user.ign other/user.ign\"\nTRIES=1\n"
                + "PCR_SIGNATURE=" + Policies.file("edge.pcrsig").toAbsolutePath() + "\n";
        Commands.Result attested = shell.attest(device, conf, machine);
        assertThat(attested.exitCode()).as(attested.output()).isZero();
        assertThat(attested.output()).isEqualTo("slipway-attest: wrote system/user.ign\nslipway-attest: wrote other/user.ign\n");
        assertThat(Database.count(service.data(), "select count(*) from boot_evidence where pcr_signature is not null")).isEqualTo(1);
        assertThat(machine.resolve("system/user.ign")).hasSameTextualContentAs(machine.resolve("other/user.ign"));
        assertThat(Files.getPosixFilePermissions(machine.resolve("system/user.ign"))).hasSize(2);

        Commands.Result fetched = Commands.run(machine, Map.of("IGNITION_SYSTEM_CONFIG_DIR", machine.resolve("system").toString()), 60, List.of(
                Commands.tool("ignition"), "-platform", "metal", "-stage", "fetch", "-root", machine.toString(), "-config-cache",
                machine.resolve("cache").toString(), "-state-file", machine.resolve("state").toString(), "-neednet",
                machine.resolve("neednet").toString(), "-log-to-stdout"));
        assertThat(fetched.exitCode()).as(fetched.output()).isZero();
        assertThat(new ObjectMapper().readTree(machine.resolve("cache").toFile()).at("/storage/files/0/contents/source").asText())
                .isEqualTo("data:,gw-boot-1%0A");
    }

    @Test
    void tellsTheMachineWhatToDoAndLeavesNoHalfPointer() throws IOException {
        Path machine = Files.createDirectories(folder.resolve("failing"));
        Commands.Result unreachable = attestSh(device, "URL=http://127.0.0.1:" + FreePort.find() + "\nPOINTER=user.ign\nTRIES=3\n", machine);
        assertThat(unreachable.exitCode()).isEqualTo(1);
        assertThat(unreachable.output()).contains("(HTTP 000). Is the network up").contains("trying again in 1 s").contains("trying again in 2 s").contains("gave up after 3 tries");
        Commands.Result distrust = attestSh(device, "URL=https://localhost:" + service.tlsPort() + "\nPOINTER=user.ign\nTRIES=1\n", machine);
        assertThat(distrust.output()).contains("does CA in").contains("gave up after 1 tries");
        Commands.Result noAk = attestSh(device, "URL=" + service.url() + "\nAK_HANDLE=0x81010177\nPOINTER=user.ign\nTRIES=1\n", machine);
        assertThat(noAk.output()).contains("the TPM did not find its attestation key (tpm2_readpublic)").contains("at 0x81010177?");
        try (TpmDevice stranger = TpmDevice.start(folder.resolve("stranger"), "ecc")) {
            stranger.keepAk();
            assertThat(attestSh(stranger, "URL=" + service.url() + "\nPOINTER=user.ign\nTRIES=1\n", machine).output()).contains("refused: EVIDENCE: ");
        }
        assertThat(attestSh(device, "CA=x\n", machine).output()).contains("does not say URL=");
        assertThat(attestSh(device, "URL=" + service.url() + "\nPOINTER=/proc/nowhere/user.ign\nTRIES=1\n", machine).output())
                .contains("/proc/nowhere/user.ign cannot be written; set POINTER in");
        try (Stream<Path> left = Files.list(machine)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("attest.conf");
        }
    }

    /** What is known of TPMs changes after they were enrolled. */
    @Test
    void refusesATpmThatWasDeniedSince() throws IOException {
        Path data = folder.resolve("denied");
        try (TpmDevice tpm = TpmDevice.start(folder.resolve("stolen"), "ecc")) {
            String ak;
            String ek;
            try (RunningService first = RunningService.start(data)) {
                new Tools(first, folder).done("trust", "add", "tpm-ca", tpm.vendorFile().toString());
                tpm.keepAk();
                JsonNode enrolled = AttestClient.of(first).enroll(tpm, "");
                ak = enrolled.path("ak_name").asText();
                ek = TpmtPublic.decodeSized(tpm.tpm().read("ek.pub")).name().value().toHex();
            }
            Path list = Files.writeString(folder.resolve("denied.txt"), "ek " + ek + "\n");
            try (RunningService again = RunningService.start(data, "-Dslipway.tpm.deny-list=" + list)) {
                assertRefused(again, tpm, ak, "POLICY");
                assertThat(again.log()).contains("attestation.refused: EK_DENIED: ").contains("on the deny list").doesNotContain(ek);
            }
        }
    }

    /** A copy of a TPM's state is older than the TPM; the service knows, also after it was killed. */
    @Test
    void refusesATpmThatWentBackInTime() throws IOException {
        Path data = folder.resolve("clocks");
        Path state = folder.resolve("clock/state");
        Path copy = folder.resolve("copy");
        RunningService first = RunningService.start(data);
        TpmDevice tpm = TpmDevice.start(folder.resolve("clock"), "ecc");
        try {
            new Tools(first, folder).done("trust", "add", "tpm-ca", tpm.vendorFile().toString());
            tpm.keepAk();
            String ak = AttestClient.of(first).enroll(tpm, "").path("ak_name").asText();
            tpm.close();
            copy(state, copy);
            tpm = tpm.reboot().reboot();
            // It has no voucher, so it gets nothing; its clock is remembered all the same.
            assertRefused(first, tpm, ak, "POLICY");
            awaitRefusal(data);
            first.kill();
            tpm.close();
            copy(copy, state);
            tpm = tpm.reboot();
            try (RunningService again = RunningService.start(data)) {
                assertRefused(again, tpm, ak, "EVIDENCE");
                assertThat(again.log()).contains("attestation.refused: RESET_COUNT: ");
                tpm = tpm.reboot();
                assertRefused(again, tpm, ak, "POLICY");
            }
            String events = "select count(*) from audit_event where actor = 'device' and event = ";
            assertThat(Database.count(data, events + "'attestation.accepted'")).isEqualTo(2);
            assertThat(Database.count(data, events + "'attestation.accepted' and facts like '%attestation.pcr-reset-state%'"))
                    .as("what nobody refuses yet is said all the same")
                    .isEqualTo(2);
            assertThat(Database.count(data, events + "'attestation.refused' and reason = 'RESET_COUNT'")).isEqualTo(1);
            assertThat(Database.count(data, events + "'attestation.refused' and reason = 'FORBIDDEN'")).isEqualTo(2);
        } finally {
            tpm.close();
        }
    }

    /** The event of a refusal is written without anybody waiting for it. */
    private static void awaitRefusal(Path data) {
        for (int i = 0; i < 200 && Database.count(data, "select count(*) from audit_event where event = 'attestation.refused'") == 0; i++) {
            RunningService.pause(50);
        }
    }

    private static void assertRefused(RunningService running, TpmDevice tpm, String ak, String code) {
        AttestClient asked = AttestClient.of(running);
        JsonNode challenge = asked.post("challenges", Map.of(), Map.of("ak_name", ak)).isStatus(201);
        asked.post("evidence", tpm.quote(TpmDevice.octets(challenge, "nonce"), PCRS), Map.of("session", challenge.path("session").asText()))
                .isRefusal(403, code);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

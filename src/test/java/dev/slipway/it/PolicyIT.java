package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.attestation.TpmVectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.policy.Policies;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.TpmHash;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that boots what the vectors recorded is held to the policy that its profile names. */
class PolicyIT {

    private static final Bytes LOG = TpmVectors.bytes("eventlog/firmware.bin");
    private static final String ENTER_INITRD = "51e6b92f405d1f98d96e3de343d61d420ad6923b25de21d766f9298192f14fed";
    private static final String NEXT_IMAGE = "  - version: \"42\"\n    pcrs: {4: " + "44".repeat(32) + ", 11: " + "11".repeat(32) + "}\n";

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static AttestClient client;
    private static Tools operator;
    private static TpmDevice device;
    private static String guid;
    private static Path profile;

    @BeforeAll
    static void start() throws IOException {
        profile = ProfileFolders.gateway(folder.resolve("profiles/edge-gateway"));
        Files.writeString(profile.resolve("profile.yaml"), "proof: attested\n");
        service = RunningService.start(folder.resolve("data"), "-Dslipway.profiles=" + folder.resolve("profiles"));
        client = AttestClient.of(service);
        operator = new Tools(service, folder);
        device = FdoTpmDevice.fromTheLine(folder.resolve("d"), service, operator);
        guid = operator.get("devices").path("devices").path(0).path("guids").path(0).asText();
        boot();
    }

    /** What the firmware of the vectors extended, and then systemd. */
    private static void boot() {
        List<String> extensions = new ArrayList<>();
        EventLog.decode(LOG).events().forEach(event ->
                extensions.add(event.pcr() + ":sha256=" + event.digests().get(TpmHash.TPM_ALG_SHA256).toHex()));
        extensions.add("11:sha256=" + ENTER_INITRD);
        device.tpm().run("pcrextend", extensions.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        device.close();
        service.close();
    }

    private static AttestClient.Reply attest(boolean withLog) {
        JsonNode challenge = client.post("challenges", Map.of(), Map.of("guid", guid)).isStatus(201);
        Map<String, Bytes> parts = new HashMap<>(device.quote(TpmDevice.octets(challenge, "nonce"), challenge.path("pcr_selection").asText()));
        if (withLog) {
            parts.put("event_log", LOG);
            parts.put("pcr_signature", Policies.bytes("edge.pcrsig"));
        }
        return client.post("evidence", parts, Map.of("session", challenge.path("session").asText()));
    }

    /** By the API itself, which is quicker than a command. */
    private static String apply(String policy) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/api/v1/policies/gateway/revisions?comment=again"))
                .header("Authorization", "Bearer " + Files.readString(service.data().resolve("api-token")).strip())
                .POST(HttpRequest.BodyPublishers.ofString(policy))
                .build();
        try (HttpClient http = RunningService.http()) {
            JsonNode applied = new ObjectMapper().readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
            return applied.at("/policy/revision").asInt() + (applied.path("unchanged").asBoolean() ? " already" : "");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode judged() {
        return operator.get("devices/" + guid).at("/tpm/judged");
    }

    private static void assertRejected(String path, String message) {
        attest(true).isRefusal(403, "POLICY");
        assertThat(judged().path("result").asText()).isEqualTo("rejected");
        assertThat(judged().path("findings")).anySatisfy(finding -> {
            assertThat(finding.path("path").asText()).isEqualTo(path);
            assertThat(finding.path("message").asText()).isEqualTo(message);
        });
    }

    private static int events(String where) {
        return Database.count(service.data(), "select count(*) from audit_event where " + where);
    }

    /** From what was only recorded to a new image and the end of an old one, and back. */
    @Test
    void holdsAMachineToThePolicyThatItsProfileNames() throws IOException {
        String gateway = Policies.text("gateway.yaml");
        attest(true).isRefusal(403, "POLICY");
        assertThat(judged().path("result").asText()).isEqualTo("recorded");
        String learned = operator.done("policy", "learn", "--profile", "edge-gateway", "--name", "gateway");
        assertThat(learned).startsWith("# Proposed from what 1 device booted: " + guid + "\nname: gateway\npcrs: sha256:0,2,4,7,9,11\n")
                .endsWith("secure-boot: on\nphase: enter-initrd\n");

        Files.writeString(profile.resolve("profile.yaml"), "proof: attested\npolicy: gateway\n");
        operator.done("profile", "apply", profile.toString());
        assertRejected("", "the device's profile names the policy 'gateway', which there is not; ./slipway policy apply puts it in force");

        assertThat(apply(learned)).isEqualTo("1");
        attest(true).isStatus(200);
        assertThat(operator.done("policy", "apply", Policies.file("gateway.yaml").toString(), "--comment", "as it has to be"))
                .isEqualTo("gateway revision 2 is in force; tried for 1 device that it let in before\n");
        assertThat(apply(gateway)).isEqualTo("2 already");
        assertThat(operator.get("policies").at("/policies/0/comment").asText()).isEqualTo("as it has to be");
        attest(true).isStatus(200);
        assertThat(operator.get("devices/" + guid).at("/tickets/0/proof").asText()).isEqualTo("attested");
        assertThat(judged().path("result").asText()).isEqualTo("accepted");
        assertThat(judged().path("image").asText()).isEqualTo("image 41");
        attest(false).isRefusal(403, "POLICY");
        assertThat(judged().path("findings")).hasSize(3);

        // A new image is rolled out: who boots the old one is let in as before.
        String two = gateway.replace("events:\n  4:\n    - {", NEXT_IMAGE + "events:\n  4:\n    - {");
        assertThat(apply(two)).isEqualTo("3");
        attest(true).isStatus(200);
        assertThat(judged().path("by").asText()).isEqualTo("gateway revision 3");

        // The old one is deleted.
        String three = two.substring(0, two.indexOf("  - version: \"40\"")) + two.substring(two.indexOf("  - version: \"42\""));
        assertThat(operator.done("policy", "apply", "--dry-run", Files.writeString(folder.resolve("three.yaml"), three).toString()))
                .contains("gateway revision 4 would be in force; tried for 1 device that it let in before\nrefuses " + guid
                        + ": sha256:4 expected by image 42: 4444");
        assertThat(apply(three)).isEqualTo("4");
        assertRejected("sha256:4", "expected by image 42: " + "44".repeat(32)
                + ", found ac254453173252320ddf3e775e08fb05eee93fc7a686bb4201fdd09f3fa7fbe7");
        assertThat(operator.done("device", "show", guid)).containsPattern("boot +rejected by gateway revision 4, ")
                .contains("             sha256:4 expected by image 42: " + "44".repeat(32) + ", found ac254453");
        assertThat(service.log()).contains("attestation.refused: PCR_POLICY: error attestation.pcr-policy at sha256:4: expected by image 42");
        assertThat(events("event = 'attestation.rejected' and reason = 'PCR_POLICY' and facts like '%gateway revision 4%'"
                + " and facts like '%at sha256:4: expected by image 42: 4444%'")).isEqualTo(1);

        // Going back is applying what was there.
        assertThat(operator.done("policy", "show", "gateway", "--revision", "3")).isEqualTo(two);
        assertThat(apply(two)).isEqualTo("5");
        attest(true).isStatus(200);
        assertThat(operator.get("policies/gateway").path("revisions")).hasSize(5);
        assertThat(operator.get("policies/gateway?revision=2").path("contents").asText()).isEqualTo(gateway);
        assertThat(events("event = 'policy.applied'")).isEqualTo(5);

        leavesTheInitramfs(gateway);
        tellsWhatSystemdLogged();
    }

    /** What was refused is explained, also later and elsewhere. */
    private static void leavesTheInitramfs(String gateway) throws IOException {
        device.tpm().run("pcrextend", "11:sha256=" + TpmHash.TPM_ALG_SHA256.digest(Bytes.owning("leave-initrd".getBytes())).toHex());
        assertRejected("sha256:11", "expected boot phase enter-initrd, found enter-initrd:leave-initrd");
        String[] options = operator.done("device", "enrollment", "evidence", guid, "--to", folder.resolve("evidence").toString()).strip().split(" ");
        List<String> command = new ArrayList<>(List.of(Commands.launcher(), "policy", "explain", "--policy"));
        command.add(Files.writeString(folder.resolve("offline.yaml"), gateway).toString());
        command.addAll(Arrays.asList(options));
        Commands.Result explained = Commands.run(folder, Map.of(), 60, command);
        assertThat(explained.exitCode()).isEqualTo(1);
        assertThat(explained.output())
                .startsWith("policy gateway: REJECTED, PCR_POLICY, quote signed by the AK\n")
                .contains("sha256:7   fine     7490f1c468133fd5472201ad9aa51750b47f38b6ab2d2b20c6375214a7455bd2\n")
                .contains("it was as expected before phase leave-initrd, which is in no log\n");
    }

    /** As the initramfs' own script sends it. */
    private static void tellsWhatSystemdLogged() throws IOException {
        Path logs = Vectors.file("tpm/eventlog");
        Commands.Result refused = DeviceShell.DASH.attest(device, "URL=" + service.url() + "\nPOINTER=user.ign\nTRIES=1\nFIRMWARE_LOG="
                + logs.resolve("firmware.bin") + "\nUSERSPACE_LOG=" + logs.resolve("userspace.json-seq") + "\n", folder);
        assertThat(refused.output()).contains("refused: POLICY: ");
        assertThat(Database.count(service.data(), "select count(*) from boot_evidence where event_log is not null and userspace_log is not null"))
                .isEqualTo(1);
        assertThat(judged().path("findings").toString()).contains("expected boot phase enter-initrd, found enter-initrd:leave-initrd");
    }

    @Test
    void refusesWhatIsNoPolicy() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "name: x\npcrs: sha256:14\nimages: [{version: 1, pcrs: {14: " + "5a".repeat(32) + "}}]");
        Commands.Result refused = operator.run("policy", "apply", wrong.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("is refused: devices quote sha256:0,2,4,7,9,11, and the policy is about sha256:14 as well");
        assertThat(operator.get("policies/none").path("detail").asText()).isEqualTo("there is no such policy, or no such revision of it");
        assertThat(operator.get("policies?limit=0").path("status").asInt()).isEqualTo(400);
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a ticket that a device won by a quote when a later quote of its is not accepted. */
class RejectedTicketIT {

    private static final String PCRS = "sha256:0,2,4,7,9,11";

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static AttestClient client;
    private static ConfigClient configs;
    private static Tools operator;
    private static TpmDevice device;
    private static String guid;

    @BeforeAll
    static void start() throws IOException {
        service = RunningService.start(folder.resolve("data"), ConfigClient.profiles(folder, "none", "3.4.0"));
        client = AttestClient.of(service);
        configs = new ConfigClient(service);
        operator = new Tools(service, folder);
        device = FdoTpmDevice.fromTheLine(folder.resolve("d"), service, operator);
        guid = operator.get("devices").path("devices").path(0).path("guids").path(0).asText();
        for (int pcr : new int[] {0, 2, 4, 7}) {
            boots(pcr);
        }
    }

    @AfterAll
    static void stop() {
        device.close();
        service.close();
    }

    private static void boots(int pcr) {
        device.tpm().run("pcrextend", pcr + ":sha256=" + "5a".repeat(32));
    }

    private static JsonNode challenge() {
        return client.post("challenges", Map.of(), Map.of("guid", guid)).isStatus(201);
    }

    private static Map<String, Bytes> quote(TpmDevice by, JsonNode challenge) {
        return by.quote(TpmDevice.octets(challenge, "nonce"), PCRS);
    }

    private static AttestClient.Reply evidence(JsonNode challenge, Map<String, Bytes> quote) {
        return client.post("evidence", quote, Map.of("session", challenge.path("session").asText()));
    }

    private static AttestClient.Reply attest() {
        JsonNode challenge = challenge();
        return evidence(challenge, quote(device, challenge));
    }

    /** The Authorization header of a ticket that the device won. */
    private static String won() {
        Bytes secret = device.open(TpmDevice.octets(attest().isStatus(200), "token_credential"));
        return "Bearer " + Base64.getUrlEncoder().withoutPadding().encodeToString(secret.toArray());
    }

    private static int events(String id) {
        return Database.count(service.data(), "select count(*) from audit_event where event = '" + id + "' and guid = '" + guid + "'");
    }

    @Test
    void endsWithARejectionUnlessItWasUsed() throws IOException {
        String first = won();
        operator.done("device", "enrollment", "accept-boot", guid);
        String leased = won();
        assertThat(configs.get(first).statusCode()).as("superseded").isEqualTo(403);
        assertThat(configs.get(leased).statusCode()).isEqualTo(200);
        boots(7);
        attest().isRefusal(403, "POLICY");
        assertThat(configs.get(leased).statusCode()).as("given out already").isEqualTo(200);
        assertThat(events("ticket.rejected")).isZero();

        operator.done("device", "enrollment", "accept-boot", guid);
        String unused = won();
        endsByNothingThatItsTpmDidNotSign(unused);
        boots(7);
        attest().isRefusal(403, "POLICY");
        assertThat(events("ticket.rejected")).isEqualTo(1);
        assertThat(configs.get(unused).statusCode()).isEqualTo(403);
        assertThat(service.log()).contains("the ticket has ended: rejected");
        assertThat(operator.done("device", "show", guid)).containsPattern("ticket +rejected at [^\\n]*, proof attested by attestation");

        operator.done("device", "enrollment", "accept-boot", guid);
        assertThat(configs.get(won()).statusCode()).as("it may win another").isEqualTo(200);
        String approved = configs.approve(guid);
        boots(7);
        attest().isRefusal(403, "POLICY");
        assertThat(configs.get(approved).statusCode()).as("an operator's word is none of a quote's").isEqualTo(200);
        assertThat(events("ticket.rejected")).isEqualTo(1);
    }

    /** Anybody can send evidence, and by the device's GUID get a challenge for it. */
    private static void endsByNothingThatItsTpmDidNotSign(String ticket) {
        try (TpmDevice other = TpmDevice.start(folder.resolve("other"), "ecc")) {
            other.keepAk();
            JsonNode challenge = challenge();
            evidence(challenge, quote(other, challenge)).isRefusal(403, "EVIDENCE");
        }
        JsonNode challenge = challenge();
        Map<String, Bytes> foreign = new HashMap<>(quote(device, challenge));
        foreign.put("pcrs", Bytes.owning(new byte[6 * 32]));
        evidence(challenge, foreign).isRefusal(403, "EVIDENCE");
        Map<String, Bytes> old = quote(device, challenge);
        evidence(challenge(), old).isRefusal(403, "EVIDENCE");
        assertThat(operator.done("device", "show", guid)).containsPattern("ticket +unused until [^\\n]*, proof attested by attestation");
        assertThat(configs.send("HEAD", ConfigClient.CONFIG, Optional.of(ticket)).statusCode()).isEqualTo(200);
    }
}

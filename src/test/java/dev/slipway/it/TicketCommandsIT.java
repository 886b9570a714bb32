package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with tickets, by command and by API. */
class TicketCommandsIT {

    @TempDir
    private Path folder;

    private RunningService service;
    private ConfigClient client;
    private Tools tools;

    private RunningService start(String proof) throws IOException {
        service = RunningService.start(folder.resolve("data"), ConfigClient.profiles(folder, proof, "3.4.0"));
        client = new ConfigClient(service);
        tools = new Tools(service, folder);
        return service;
    }

    @Test
    void approvesShowsAndRevokes() throws IOException {
        try (RunningService running = start("none")) {
            String guid = client.initialise("CLI-1");
            String pointer = tools.done("device", "approve", guid);
            assertThat(pointer.lines()).hasSize(1);
            assertThat(Tools.json(pointer).get(0).at("/ignition/config/replace/source").asText())
                    .isEqualTo("https://localhost:" + running.tlsPort() + "/ignition/v1/config");
            String authorization = ConfigClient.authorization(pointer);
            assertThat(tools.done("device", "show", guid)).contains("ticket       unused until ", ", proof none by approval, minted ");

            assertThat(client.get(authorization).statusCode()).isEqualTo(200);
            assertThat(tools.done("device", "show", guid)).contains("ticket       leased until ", ", proof none by approval, profile edge-gateway ", ", fetched ");
            assertThat(tools.done("device", "revoke", guid)).isEqualTo("1 revoked\n");
            assertThat(client.get(authorization).statusCode()).isEqualTo(403);
            String shown = tools.done("device", "show", guid);
            assertThat(shown).contains("ticket       revoked at ", "ALARM        second-consumer: shown by 127.0.0.1 at ");
            assertThat(shown).doesNotContain(authorization.substring("Bearer ".length()));
            assertThat(tools.done("device", "revoke", guid, "--json")).isEqualTo("{\"tickets\":0}\n");
        }
        Path data = folder.resolve("data");
        for (String event : List.of("ticket.minted", "lease.started", "ticket.second-consumer")) {
            assertThat(Database.count(data, "select count(*) from audit_event where event = '" + event + "'")).as(event).isEqualTo(1);
        }
        assertThat(Database.count(data, "select count(*) from audit_event where event = 'ticket.revoked'")).isEqualTo(2);
    }

    @Test
    void approvesByIdAndWhatAnInstallerMade() throws IOException {
        try (RunningService running = start("none")) {
            String guid = client.initialise("CLI-2");
            JsonNode device = tools.get("devices/" + guid);
            String id = device.path("id").asText();
            assertThat(tools.get("devices/" + id)).isEqualTo(device);
            String waiting = client.await(id);
            assertThat(client.get(waiting).statusCode()).isEqualTo(503);
            assertThat(tools.done("device", "show", id)).contains("ticket       awaiting-approval until ");
            assertThat(tools.done("device", "approve", id)).contains("the ticket that the device has already is approved").doesNotContain("Bearer");
            assertThat(client.get(waiting).statusCode()).isEqualTo(200);
            assertThat(tools.done("device", "approve", id)).contains("Bearer ");
            assertThat(client.get(waiting).statusCode()).as("superseded").isEqualTo(403);
            assertThat(running.process().isAlive()).isTrue();
        }
    }

    @Test
    void refusesToApproveForAProfileThatWantsMoreAndSaysWhatToDo() throws IOException {
        try (RunningService running = start("ownership")) {
            String guid = client.initialise("CLI-3");
            Commands.Result refused = tools.run("device", "approve", guid);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output()).contains("the profile edge-gateway takes devices that have proved 'ownership', and this proves 'none'", "profile.yaml");
            HttpResponse<String> pointer = client.api("GET", "/ignition/v1/pointer/" + guid);
            assertThat(pointer.statusCode()).isEqualTo(403);
            assertThat(pointer.headers().firstValue("Content-Type")).contains("application/problem+json");
            Commands.Result unknown = tools.run("device", "revoke", "00000000-0000-0000-0000-000000000001");
            assertThat(unknown.exitCode()).isEqualTo(1);
            assertThat(unknown.output()).contains("there is no such device");
            assertThat(running.process().isAlive()).isTrue();
        }
        assertThat(Database.count(folder.resolve("data"), "select count(*) from ticket")).isZero();
    }

    @Test
    void givesPointerConfigsThatNobodyKeepsAndByGetOnly() throws IOException {
        try (RunningService running = start("none")) {
            String path = "/ignition/v1/pointer/" + client.initialise("CLI-4");
            HttpResponse<String> pointer = client.api("GET", path, "Accept", "application/vnd.coreos.ignition+json;version=3.3.0, */*;q=0.1");
            assertThat(pointer.statusCode()).isEqualTo(200);
            assertThat(pointer.headers().firstValue("Content-Type")).contains("application/vnd.coreos.ignition+json;version=3.1.0");
            assertThat(pointer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(client.api("HEAD", path).statusCode()).isEqualTo(405);
            assertThat(client.api("POST", path).statusCode()).isEqualTo(405);
            assertThat(client.api("GET", path, "Accept", "application/vnd.coreos.ignition+json;version=2.4.0").statusCode()).isEqualTo(406);
            assertThat(client.api("GET", "/ignition/v1/pointer/nobody").statusCode()).isEqualTo(404);
            assertThat(running.log()).doesNotContain("ERROR");
        }
    }

    /** TO2, too, gives nothing to a device that has proved less than its profile wants. */
    @Test
    void onboardsNoDeviceThatHasProvedLessThanItsProfileWants() throws IOException {
        try (RunningService running = start("attested")) {
            Commands.Result result = Commands.run(
                    folder, Map.of(), 60,
                    List.of(Commands.launcher(), "simulate", "--url", running.url().toString(), "--devices", "1"));
            assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
            assertThat(running.log()).contains("takes devices that have proved 'attested', and this proves 'ownership'");
            assertThat(Files.exists(running.data().resolve("parameters.yaml"))).isTrue();
        }
    }
}

package dev.slipway.it;

import static dev.slipway.it.ConfigClient.CONFIG;
import static dev.slipway.it.ConfigClient.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Ignition makes of a status decides which it gets: every one of them, by what is on the connection. */
class ConfigContractIT {

    private static final String TYPE = "application/vnd.coreos.ignition+json";

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static ConfigClient client;
    private static Tools tools;

    @BeforeAll
    static void start() throws IOException {
        service = RunningService.start(folder.resolve("data"), ConfigClient.profiles(folder, "none", "3.4.0"));
        client = new ConfigClient(service);
        tools = new Tools(service, folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String expected(String serial) {
        return new String(service.rendered(serial, "gateway").toArray(), StandardCharsets.UTF_8);
    }

    private static JsonNode ticket(String guid) {
        return tools.get("devices/" + guid).path("tickets").path(0);
    }

    @Test
    void givesAConfigWithAFullBodyAndTheHeadersOfTheContract() {
        String guid = client.initialise("FULL-1");
        String answer = client.raw("GET /ignition/v1/config HTTP/1.1\nHost: x\nAuthorization: " + client.approve(guid)
                + "\nAccept: " + TYPE + ";version=3.6.0, */*;q=0.1\nAccept-Encoding: identity\nConnection: close\n\n");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(ConfigClient.headerNames(answer))
                .containsExactlyInAnyOrder("cache-control", "vary", "content-type", "content-length", "connection");
        assertThat(answer).contains(
                "Cache-Control: no-store\r\n", "Vary: Accept\r\n", "Content-Type: " + TYPE + ";version=3.4.0\r\n",
                "content-length: " + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n");
        assertThat(body).isEqualTo(expected("FULL-1")).contains("data:,gw-full-1%0A");
    }

    @Test
    void encodesNothingWhateverTheClientTakes() {
        HttpResponse<String> answer = client.get(client.approve(client.initialise("GZIP-1")), "Accept-Encoding", "gzip, deflate, br, zstd");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer.body()).isEqualTo(expected("GZIP-1"));
    }

    /** Without a body, and on the same connection: so that the next poll costs no handshake. */
    @Test
    void letsADeviceWaitUntilItIsApproved() throws IOException {
        String guid = client.initialise("WAIT-1");
        String request = "GET /ignition/v1/config HTTP/1.1\r\nHost: x\r\nAuthorization: " + client.await(guid) + "\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(10_000);
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                String head = head(socket.getInputStream());
                assertThat(head).startsWith("HTTP/1.1 503 Service Unavailable\r\n");
                assertThat(head).contains("Retry-After: 5\r\n", "Cache-Control: no-store\r\n", "content-length: 0\r\n").doesNotContain("close");
            }
            assertThat(ticket(guid).path("state").asText()).isEqualTo("awaiting-approval");
            assertThat(client.api("POST", "/api/v1/devices/" + guid + "/approve").statusCode()).isEqualTo(204);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 200 OK\r\n");
        }
        assertThat(ticket(guid).path("state").asText()).isEqualTo("leased");
        assertThat(ticket(guid).path("consumer").asText()).isEqualTo("127.0.0.1");
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            assertThat(octet).as("after %s", head).isNotNegative();
            head.append((char) octet);
        }
        return head.toString();
    }

    /** Nobody can tell one from another by what is answered. */
    @Test
    void answersWhateverIsWrongWithATicketInTheSameWay() {
        String guid = client.initialise("WRONG-1");
        String superseded = client.approve(guid);
        String revoked = client.approve(guid);
        client.api("POST", "/api/v1/devices/" + guid + "/revoke");
        String reported = client.approve(guid);
        assertThat(client.get(reported).statusCode()).isEqualTo(200);
        assertThat(client.done(reported)).isEqualTo(204);
        List<String> headers = List.of(
                "", "Authorization: \n", "Authorization: Bearer\n", "Authorization: Bearer x\n", "Authorization: Bearer " + "A".repeat(43) + "\n",
                "Authorization: Basic dXNlcjpzZWNyZXQ=\n", "Authorization: " + superseded + "\n", "Authorization: " + revoked + "\n",
                "Authorization: " + reported + "\n", "Authorization: " + reported + "x\n", "Cookie: ticket=" + reported.substring(7) + "\n");
        for (String header : headers) {
            assertThat(client.raw("GET /ignition/v1/config HTTP/1.1\nHost: x\n" + header + "Connection: close\n\n")).as(header).isEqualTo(
                    "HTTP/1.1 403 Forbidden\r\nCache-Control: no-store\r\nVary: Accept\r\nContent-Type: text/plain\r\n"
                            + "connection: close\r\ncontent-length: 12\r\n\r\nnot allowed\n");
        }
    }

    @Test
    void refusesOtherVersionsAndStartsNoLease() {
        String guid = client.initialise("VERSION-1");
        String authorization = client.approve(guid);
        for (String accept : List.of(TYPE + ";version=2.4.0, */*;q=0.1", TYPE + "; version=2.2.0, " + TYPE + "; version=1; q=0.5")) {
            HttpResponse<String> answer = client.get(authorization, "Accept", accept);
            assertThat(answer.statusCode()).isEqualTo(406);
            assertThat(answer.headers().firstValue("Vary")).contains("Accept");
        }
        assertThat(ticket(guid).path("state").asText()).isEqualTo("unused");
        assertThat(client.get("Bearer " + "A".repeat(43), "Accept", TYPE + ";version=2.4.0").statusCode()).as("the ticket comes first").isEqualTo(403);
        assertThat(client.get(authorization, "Accept", "text/html").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"})
    void knowsNoOtherMethods(String method) {
        String guid = client.initialise("METHOD-1");
        String authorization = client.approve(guid);
        String answer = client.raw(method + " /ignition/v1/config HTTP/1.1\nHost: x\nAuthorization: " + authorization
                + "\nX-HTTP-Method-Override: GET\nContent-Length: 0\nConnection: close\n\n");
        assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD\r\n").endsWith("\r\n\r\n");
        String done = client.raw("PUT /ignition/v1/done HTTP/1.1\nHost: x\nAuthorization: " + authorization + "\nContent-Length: 0\nConnection: close\n\n");
        assertThat(done).startsWith("HTTP/1.1 405 ").contains("Allow: POST\r\n");
        assertThat(ticket(guid).path("state").asText()).isEqualTo("unused");
    }

    @Test
    void answersHeadAsGetWithoutABodyAndWithoutALease() {
        String guid = client.initialise("HEAD-1");
        String authorization = client.approve(guid);
        String answer = client.raw("HEAD /ignition/v1/config HTTP/1.1\nHost: x\nAuthorization: " + authorization + "\nConnection: close\n\n");
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
        assertThat(answer).contains("Content-Length: " + expected("HEAD-1").length() + "\r\n", "Content-Type: " + TYPE + ";version=3.4.0\r\n");
        assertThat(ticket(guid).path("state").asText()).isEqualTo("unused");
        assertThat(client.send("HEAD", CONFIG, Optional.empty()).statusCode()).isEqualTo(403);
        assertThat(client.send("HEAD", CONFIG, Optional.of(client.await(guid))).statusCode()).isEqualTo(503);
    }

    /** The octets of one render, for all who come first at once. */
    @Test
    void startsOneLeaseForAllWhoComeFirst() throws Exception {
        String guid = client.initialise("MANY-1");
        String authorization = client.approve(guid);
        try (ExecutorService machines = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                answers.add(machines.submit(() -> client.get(authorization)));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
                assertThat(answer.get().body()).isEqualTo(expected("MANY-1"));
            }
        }
        assertThat(tools.get("devices/" + guid).path("tickets")).hasSize(1);
    }

    @Test
    void endsTheLeaseWithTheCompletionReportAndAlarmsOnASecondConsumer() {
        String guid = client.initialise("DONE-1");
        String authorization = client.approve(guid);
        assertThat(client.done(authorization)).as("before the config was fetched").isEqualTo(403);
        assertThat(client.get(authorization).statusCode()).isEqualTo(200);
        assertThat(client.get(authorization).body()).isEqualTo(expected("DONE-1"));
        String report = client.raw("POST /ignition/v1/done HTTP/1.1\nHost: x\nAuthorization: " + authorization
                + "\nContent-Type: application/json\nContent-Length: 2\nConnection: close\n\n{}");
        assertThat(report).startsWith("HTTP/1.1 204 No Content\r\n").endsWith("\r\n\r\n");
        assertThat(client.done(authorization)).as("again, since the answer was lost").isEqualTo(204);
        assertThat(ticket(guid).path("state").asText()).isEqualTo("reported");
        assertThat(ticket(guid).has("alarm")).isFalse();
        assertThat(client.get(authorization).statusCode()).isEqualTo(403);
        assertThat(ticket(guid).path("alarm").path("kind").asText()).isEqualTo("second-consumer");
        assertThat(ticket(guid).path("alarm").path("consumer").asText()).isEqualTo("127.0.0.1");
    }

    /** Redirects lose the ticket, and an empty 200 is a machine without a config. */
    @ParameterizedTest
    @ValueSource(strings = {
        "/ignition/v1/config/", "//ignition/v1/config", "/ignition//v1/config", "/ignition/v1/Config", "/ignition/v1/config.ign", "/ignition/v1/",
        "/ignition", "/ignition/v2/config", "/ignition/v1/x/../config", "/ignition/v1/%63onfig", "/ignition/v1/config;x=y", "/ignition/v1/config?x=y"
    })
    void redirectsNowhereAndGivesNothingEmpty(String path) {
        String answer = client.raw("GET " + path + " HTTP/1.1\nHost: x\nAuthorization: " + client.approve(client.initialise("PATH-1")) + "\nConnection: close\n\n");
        int status = Integer.parseInt(answer.substring(9, 12));
        assertThat(status).as(answer).isIn(200, 401, 403, 404);
        assertThat(answer.toLowerCase()).doesNotContain("\r\nlocation:");
        if (status == 200) {
            assertThat(answer).endsWith(expected("PATH-1"));
        }
    }

    @Test
    void limitsADeviceAndNotItsNeighbours() throws IOException {
        Path data = folder.resolve("limited");
        try (RunningService limited = RunningService.start(
                data, "-Dslipway.profiles=" + folder.resolve("profiles"), "-Dslipway.limits.config-requests=10")) {
            ConfigClient there = new ConfigClient(limited);
            String eager = there.approve(there.initialise("EAGER-1"));
            String neighbour = there.approve(there.initialise("NEIGHBOUR-1"));
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                statuses.add(there.get(eager).statusCode());
            }
            assertThat(statuses).containsOnly(200, 503);
            assertThat(statuses.stream().filter(status -> status == 200).count()).as("in one minute, or two that meet here").isIn(10L, 20L);
            assertThat(there.get(neighbour).statusCode()).isEqualTo(200);
            assertThat(limited.log()).contains("more than 10 requests of one device in a minute; see slipway.limits.config-requests");
        }
    }

    @Test
    void refusesWhatCameAfterTheLease() {
        try (RunningService brief = RunningService.start(
                folder.resolve("brief"), "-Dslipway.profiles=" + folder.resolve("profiles"), "-Dslipway.ignition.lease=PT2S")) {
            ConfigClient there = new ConfigClient(brief);
            String guid = there.initialise("LATE-1");
            String authorization = there.approve(guid);
            assertThat(there.get(authorization).statusCode()).isEqualTo(200);
            RunningService.pause(Duration.ofSeconds(2).plusMillis(50).toMillis());
            assertThat(there.get(authorization).statusCode()).isEqualTo(403);
            assertThat(there.done(authorization)).isEqualTo(403);
            JsonNode ticket = new Tools(brief, folder).get("devices/" + guid).path("tickets").path(0);
            assertThat(ticket.path("state").asText()).isEqualTo("expired");
            assertThat(ticket.path("alarm").path("kind").asText()).isEqualTo("second-consumer");
        }
    }

    @Test
    void takesAReportByPostOnly() {
        assertThat(client.send("GET", DONE, Optional.empty()).statusCode()).isEqualTo(405);
        assertThat(client.send("POST", DONE, Optional.empty()).statusCode()).isEqualTo(403);
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ops.SystemRandom;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who wants the config of a device that he is not. */
class ConfigAttackIT {

    private static final String FORBIDDEN = "HTTP/1.1 403 Forbidden\r\n";

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static ConfigClient client;
    private static String guid;
    private static String authorization;

    @BeforeAll
    static void start() throws IOException {
        service = RunningService.start(
                folder.resolve("data"),
                ConfigClient.profiles(folder, "none", "3.4.0"),
                "-Dslipway.limits.config-requests=1000000",
                "-Dslipway.limits.noted-refusals-per-peer=2000");
        client = new ConfigClient(service);
        guid = client.initialise("VICTIM-1");
        authorization = client.approve(guid);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Whatever was done to it, the service goes on to serve, and the device's ticket is as good as before. */
    @AfterEach
    void servesTheDeviceAllTheSame() {
        HttpResponse<String> answer = client.get(authorization);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("data:,gw-victim-1%0A");
    }

    private static String get(String headers) {
        return client.raw("GET /ignition/v1/config HTTP/1.1\nHost: x\n" + headers + "Connection: close\n\n");
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    @Test
    void guessesTickets() {
        String token = authorization.substring("Bearer ".length());
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String near = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(client.get("Bearer " + near).statusCode()).as("character %d", i).isEqualTo(403);
        }
        for (int i = 0; i < 500; i++) {
            String guess = Base64.getUrlEncoder().withoutPadding().encodeToString(new SystemRandom().next(32).toArray());
            assertThat(client.get("Bearer " + guess).statusCode()).isEqualTo(403);
        }
        assertThat(client.get("Bearer " + token.toLowerCase()).statusCode()).isEqualTo(403);
        assertThat(client.get("Bearer " + token + token).statusCode()).isEqualTo(403);
    }

    /** He has copied the ticket, and shows it after the machine is done. */
    @Test
    void replaysATicket() throws IOException {
        String victim = client.initialise("REPLAYED-1");
        String copied = client.approve(victim);
        assertThat(client.get(copied).statusCode()).isEqualTo(200);
        assertThat(client.done(copied)).isEqualTo(204);
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = client.get(copied);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("not allowed\n");
        }
        assertThat(new Tools(service, folder).get("devices/" + victim).path("tickets").path(0).path("alarm").path("kind").asText())
                .isEqualTo("second-consumer");
        assertThat(service.log()).contains("the ticket has ended: reported guid=" + victim).doesNotContain(copied.substring("Bearer ".length()));
    }

    /** A ticket gives the config of its device, whatever else he says. */
    @Test
    void saysThatHeIsAnotherDevice() {
        String mine = client.approve(client.initialise("MINE-1"));
        for (String path : List.of("?guid=" + guid, "?device=" + guid + "&serial=VICTIM-1", "/" + guid, "#" + guid)) {
            String answer = client.raw("GET /ignition/v1/config" + path + " HTTP/1.1\nHost: x\nAuthorization: " + mine + "\nX-Device: " + guid
                    + "\nX-Serial: VICTIM-1\nX-Original-URL: /ignition/v1/config?guid=" + guid + "\nConnection: close\n\n");
            assertThat(answer).as(path).doesNotContainIgnoringCase("victim");
        }
        assertThat(client.done(mine)).isIn(204, 403);
    }

    /** Without the operator's token, a device that there is looks like one that there is not. */
    @Test
    void asksWhichDevicesThereAre() {
        String nobody = "00000000-0000-0000-0000-000000000001";
        for (String path : List.of("/ignition/v1/pointer/", "/api/v1/devices/", "/ignition/v1/config/", "/ignition/v1/")) {
            for (String method : List.of("GET", "HEAD", "POST")) {
                String known = request(method, path + guid);
                assertThat(known).as("%s %s", method, path).isEqualTo(request(method, path + nobody));
                assertThat(known).startsWith("HTTP/1.1 401 ");
            }
        }
        String withATicket = client.raw("GET /ignition/v1/pointer/" + guid + " HTTP/1.1\nHost: x\nAuthorization: " + authorization + "\nConnection: close\n\n");
        assertThat(withATicket).startsWith("HTTP/1.1 401 ");
    }

    private static String request(String method, String path) {
        return client.raw(method + " " + path + " HTTP/1.1\nHost: x\nContent-Length: 0\nConnection: close\n\n");
    }

    /** He measures: a ticket that is right but for its end takes no longer than one that is wrong from the start. */
    @Test
    void measuresHowLongARefusalTakes() {
        String token = authorization.substring("Bearer ".length());
        String near = "Bearer " + token.substring(0, 42) + (token.charAt(42) == 'A' ? 'E' : 'A');
        String far = "Bearer " + (token.charAt(0) == 'A' ? 'B' : 'A') + "x".repeat(42);
        List<Long> nearTimes = new ArrayList<>();
        List<Long> farTimes = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            nearTimes.add(time(near));
            farTimes.add(time(far));
        }
        double ratio = (double) median(nearTimes) / median(farTimes);
        assertThat(ratio).as("medians of %d and %d ns", median(nearTimes), median(farTimes)).isBetween(0.67, 1.5);
    }

    private static long time(String header) {
        long start = System.nanoTime();
        assertThat(client.get(header).statusCode()).isEqualTo(403);
        return System.nanoTime() - start;
    }

    /** Of the second half, when everything is warm. */
    private static long median(List<Long> times) {
        long[] sorted = times.subList(times.size() / 2, times.size()).stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Two tickets, of which a proxy may have looked at the other one; headers that are none. */
    @Test
    void smugglesHeaders() {
        String wrong = "Bearer " + "A".repeat(43);
        assertThat(get("Authorization: " + wrong + "\nAuthorization: " + authorization + "\n")).startsWith(FORBIDDEN);
        assertThat(get("Authorization: " + authorization + "\nAuthorization: " + wrong + "\n")).startsWith(FORBIDDEN);
        assertThat(get("Authorization: " + authorization + "\nAuthorization: " + authorization + "\n")).startsWith(FORBIDDEN);
        assertThat(get("Authorization: " + wrong + ", " + authorization + "\n")).startsWith(FORBIDDEN);
        assertThat(get("Authorization: " + wrong + "\n " + authorization + "\n")).doesNotContain("victim");
        assertThat(get("X: y\rAuthorization: " + authorization + "\n")).doesNotContain("victim");
        assertThat(get("Authorization : " + authorization + "\n")).doesNotContain("victim");
        assertThat(get("Authorization\u0000: " + authorization + "\n")).doesNotContain("victim");
        assertThat(get("X-Authorization: " + authorization + "\nProxy-Authorization: " + authorization + "\n")).startsWith(FORBIDDEN);
    }

    /** One request that another server would have taken for two: it is answered once, or not at all. */
    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length: %d\n\n%s", "Content-Length: %1$d\nTransfer-Encoding: chunked\n\n0\n\n%2$s", "Transfer-Encoding: chunked\nContent-Length: %1$d\n\n0\n\n%2$s",
        "Content-Length: 0\nContent-Length: %1$d\n\n%2$s", "Content-Length: %1$d\nContent-Length: 0\n\n%2$s", "Transfer-Encoding: xchunked\n\n0\n\n%2$s",
        "Transfer-Encoding: chunked\nTransfer-Encoding: identity\nContent-Length: %1$d\n\n0\n\n%2$s", "Content-Length: +%1$d\n\n%2$s", "Content-Length: -1\n\n%2$s"
    })
    void smugglesRequests(String framing) {
        String hidden = "GET /ignition/v1/config HTTP/1.1\nHost: x\nAuthorization: " + authorization + "\nConnection: close\n\n";
        String sent = hidden.replace("\n", "\r\n");
        String answer = client.raw("POST /ignition/v1/done HTTP/1.1\nHost: x\nAuthorization: Bearer " + "A".repeat(43) + "\n"
                + String.format(framing, sent.length(), hidden));
        assertThat(count(answer, "HTTP/1.1 200")).as(answer).isZero();
        String get = client.raw("GET /ignition/v1/config HTTP/1.1\nHost: x\nAuthorization: Bearer " + "A".repeat(43) + "\nConnection: close\n"
                + String.format(framing, sent.length(), hidden));
        assertThat(count(get, "HTTP/1.1 200")).as(get).isZero();
    }

    @Test
    void sendsGiantHeaders() {
        assertThat(get("Authorization: Bearer " + "A".repeat(100_000) + "\n")).matches("(?s)HTTP/1.[01] 4[0-9][0-9] .*");
        assertThat(get("X: y\n".repeat(100_000))).matches("(?s)HTTP/1.[01] 4[0-9][0-9] .*");
        assertThat(get("Accept: " + "application/vnd.coreos.ignition+json; ".repeat(400) + "\nAuthorization: " + authorization + "\n"))
                .matches("(?s)HTTP/1.[01] (200|4[0-9][0-9]) .*");
        assertThat(client.raw("GET /ignition/v1/config?" + "x".repeat(1_000_000) + " HTTP/1.1\nHost: x\n\n")).matches("(?s)HTTP/1.[01] 4[0-9][0-9] .*");
    }

    @Test
    void sendsGiantBodies() {
        byte[] giant = new byte[8 << 20];
        Arrays.fill(giant, (byte) 'x');
        for (String request : List.of("POST /ignition/v1/done", "GET /ignition/v1/config")) {
            byte[] head = (request + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + giant.length + "\r\nAuthorization: Bearer " + "A".repeat(43)
                    + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
            byte[] whole = Arrays.copyOf(head, head.length + giant.length);
            System.arraycopy(giant, 0, whole, head.length, giant.length);
            assertThat(client.raw(whole)).as(request).matches("(?s)(HTTP/1.1 4[0-9][0-9] .*)?").doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void findsNoSecretInTheDatabaseOrTheLog() throws IOException {
        String token = authorization.substring("Bearer ".length());
        String secret = Files.readString(service.data().resolve("parameters.yaml")).lines()
                .filter(line -> line.startsWith("gateway_token:"))
                .map(line -> line.replaceFirst("gateway_token: \"(.*)\"", "$1"))
                .findFirst()
                .orElseThrow();
        assertThat(client.get(authorization).body()).contains(secret);
        for (String file : List.of("slipway.db", "slipway.db-wal")) {
            String octets = Files.readString(service.data().resolve(file), StandardCharsets.ISO_8859_1);
            assertThat(octets.contains(token)).as("the ticket in %s", file).isFalse();
            assertThat(octets.contains(secret)).as("a secret of the config in %s", file).isFalse();
        }
        assertThat(service.log()).contains("config given: guid=" + guid).doesNotContain(token, secret);
    }

    @Test
    void showsTheOperatorsTokenForAConfig() throws IOException {
        String operator = Files.readString(service.data().resolve("api-token")).strip();
        assertThat(client.send("GET", ConfigClient.CONFIG, Optional.of("Bearer " + operator)).statusCode()).isEqualTo(403);
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transport rules, by the octets on the connection. */
class TransportIT {

    private static final Bytes HELLO = Bytes.fromHex("80");

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String exchange(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void answersWithTheHeadersThatClientsNeedAndNoOthers() throws IOException {
        String answer = exchange(
                "POST /fdo/101/msg/20 HTTP/1.1\nHost: x\nContent-Type: application/cbor\nContent-Length: 1\nConnection: close", HELLO.toArray());
        List<String> head = answer.substring(0, answer.indexOf("\r\n\r\n")).lines().toList();
        assertThat(head.get(0)).isEqualTo("HTTP/1.1 200 OK");
        assertThat(head.subList(1, head.size()).stream().map(line -> line.substring(0, line.indexOf(':')).toLowerCase()))
                .containsExactlyInAnyOrder("authorization", "content-type", "message-type", "content-length", "connection");
        assertThat(head).contains("Content-Type: application/cbor", "Message-Type: 21");
        assertThat(head).anyMatch(line -> line.matches("Authorization: Bearer [A-Za-z0-9_-]{32}"));
    }

    @Test
    void neverSendsAnInterimAnswer() throws IOException {
        String answer = exchange(
                "POST /fdo/101/msg/20 HTTP/1.1\nHost: x\nContent-Type: application/cbor\nContent-Length: 1\nExpect: 100-continue\nConnection: close",
                HELLO.toArray());
        assertThat(answer).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void answersErrorsWithStatus500AndAnErrorMessage() {
        Wire.post(service.url(), 99, Optional.empty(), HELLO).isRefusal(99, 100);
        Wire.post(service.url(), 71, Optional.empty(), HELLO).isRefusal(71, 101);
        Wire.post(service.url(), 21, Optional.empty(), HELLO).isRefusal(21, 101);
        Wire.post(service.url(), 20, Optional.empty(), Optional.of("text/plain"), HELLO).isRefusal(20, 100);
        Wire.post(service.url(), 20, Optional.empty(), Optional.empty(), HELLO).isRefusal(20, 100);
        Wire.post(service.url(), 20, Optional.empty(), Bytes.owning("garbage".getBytes(StandardCharsets.US_ASCII))).isRefusal(20, 100);
        Wire.post(service.url(), 20, Optional.empty(), Bytes.EMPTY).isRefusal(20, 100);
        Wire.post(service.url(), 20, Optional.empty(), Bytes.fromHex("8000")).isRefusal(20, 100);
        Wire.post(service.url(), 22, Optional.empty(), HELLO).isRefusal(22, 1);
        Wire.post(service.url(), 22, Optional.of("Bearer nonsense"), HELLO).isRefusal(22, 1);
        Wire.post(service.url(), 20, Optional.empty(), HELLO).isMessage(21);
    }

    @Test
    void takesContentTypeWithParametersAndIgnoresAStaleTokenOnOpening() {
        Wire.post(service.url(), 20, Optional.of("Bearer stale"), Optional.of("application/cbor; charset=utf-8"), HELLO).isMessage(21);
        Wire.post(service.url(), 20, Optional.of(""), HELLO).isMessage(21);
    }

    @Test
    void takesTokenWithAndWithoutScheme() {
        Wire.Reply hello = Wire.post(service.url(), 20, Optional.empty(), HELLO).isMessage(21);
        String bare = hello.token().orElseThrow().substring("Bearer ".length());
        Wire.Reply refused = Wire.post(service.url(), 22, Optional.of(bare), HELLO);
        refused.isRefusal(22, 100);
        Wire.post(service.url(), 22, Optional.of("bearer " + bare), HELLO).isRefusal(22, 100);
        Wire.post(service.url(), 32, hello.token(), HELLO).isRefusal(32, 1);
    }

    @Test
    void refusesBodiesOverTheLimitWithoutReadingThem() {
        Wire.post(service.url(), 20, Optional.empty(), Bytes.owning(new byte[65_535])).isRefusal(20, 100);
        Wire.post(service.url(), 20, Optional.empty(), Bytes.owning(new byte[65_536])).isRefusal(20, 100);
        Wire.post(service.url(), 20, Optional.empty(), Bytes.owning(new byte[900_000])).isRefusal(20, 100);
    }

    @Test
    void answersAnErrorMessageWithNothingAndEndsTheSession() {
        Wire.Reply hello = Wire.post(service.url(), 20, Optional.empty(), HELLO).isMessage(21);
        for (String error : List.of("8518641461781a6553f10000", "85186414617800f6", "00", "ff")) {
            Wire.Reply answer = Wire.post(service.url(), 255, Optional.empty(), Bytes.fromHex(error));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(Bytes.EMPTY);
        }
        assertThat(Wire.post(service.url(), 255, hello.token(), Bytes.fromHex("8518641461781a6553f10000")).status()).isEqualTo(200);
        Wire.post(service.url(), 22, hello.token(), HELLO).isRefusal(22, 1);
    }

    @Test
    void answersOtherMethodsAndPathsWithABareStatus() throws IOException, InterruptedException {
        HttpClient http = RunningService.http();
        URI message = service.url().resolve("/fdo/101/msg/20");
        HttpResponse<String> get = http.send(HttpRequest.newBuilder(message).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.body()).isEmpty();
        for (String path : List.of("/fdo/101/msg/", "/fdo/101/msg/20/x", "/fdo/100/msg/20", "/fdo/101/msg/x", "/fdo/")) {
            HttpRequest request = HttpRequest.newBuilder(service.url().resolve(path)).POST(HttpRequest.BodyPublishers.ofString("x")).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void isReadyWhenItSaysSo() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/q/health/ready")).build();
        assertThat(RunningService.http().send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(service.log()).containsOnlyOnce("slipway ready: http://127.0.0.1:" + service.port() + " https://127.0.0.1:" + service.tlsPort());
    }

    @Test
    void closesTheApiToWhoeverHasNoToken() throws IOException, InterruptedException {
        HttpClient http = RunningService.http();
        String path = "/api/v1/vouchers/00000000-0000-0000-0000-000000000001";
        for (String authorization : List.of("Bearer wrong", "Basic wrong", "Bearer ")) {
            HttpRequest request = HttpRequest.newBuilder(service.url().resolve(path)).header("Authorization", authorization).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(authorization).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        String token = Files.readString(service.data().resolve("api-token")).strip();
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve(path)).header("Authorization", "Bearer " + token).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }
}

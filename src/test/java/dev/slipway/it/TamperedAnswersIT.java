package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.bytes.Bytes;
import dev.slipway.client.PeerError;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sits between devices and service, and alters or swallows answers. No device is taken in, and none is lost. */
class TamperedAnswersIT {

    private static final String CONFIG = "/etc/slipway/config.ign";
    private static final int ALTERATIONS = 12;

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static HttpServer between;

    /** What becomes of an answer of this number; nothing, if it is swallowed. */
    private static volatile int tamperedMessage;

    private static volatile Function<Bytes, Optional<Bytes>> tampering = Optional::of;

    @BeforeAll
    static void start() throws IOException {
        between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        between.createContext("/", TamperedAnswersIT::pass);
        between.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        between.start();
        service = RunningService.start(folder.resolve("data"), "-Dslipway.public-url=http://127.0.0.1:" + between.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
        between.stop(0);
    }

    private static void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            Bytes body = Bytes.owning(exchange.getRequestBody().readAllBytes());
            URI url = service.url().resolve(exchange.getRequestURI().getPath());
            Wire.Reply reply = Wire.postTo(
                    url, Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")), Optional.of("application/cbor"), body);
            Optional<Bytes> answer =
                    reply.messageType().equals(Integer.toString(tamperedMessage)) ? tampering.apply(reply.body()) : Optional.of(reply.body());
            if (answer.isPresent()) {
                reply.token().ifPresent(token -> exchange.getResponseHeaders().add("Authorization", token));
                exchange.getResponseHeaders().add("Content-Type", reply.contentType());
                exchange.getResponseHeaders().add("Message-Type", reply.messageType());
                exchange.sendResponseHeaders(reply.status(), answer.get().isEmpty() ? -1 : answer.get().length());
                exchange.getResponseBody().write(answer.get().toArray());
            }
        }
    }

    private static VirtualDevice initialised() {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "tampered");
        VirtualDevice device = new VirtualDevice(model, "TAMPERED-1", RunningService.http(), new Latencies(), new SystemRandom());
        device.initialize(service.url());
        return device;
    }

    private static void onboards(VirtualDevice device) {
        Guid before = device.credential().guid();
        assertThat(device.onboard(device.findOwner())).containsKey(CONFIG);
        assertThat(device.credential().guid()).isNotEqualTo(before);
    }

    @ParameterizedTest(name = "message {0}")
    @ValueSource(ints = {31, 33, 61, 63, 65, 67, 69, 71})
    void noAlteredAnswerIsAccepted(int message) {
        VirtualDevice device = initialised();
        Guid before = device.credential().guid();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        tamperedMessage = message;
        tampering = body -> Optional.of(Wire.flip(body, random.nextInt(body.length())));
        try {
            for (int i = 0; i < ALTERATIONS; i++) {
                assertThatThrownBy(() -> device.onboard(device.findOwner())).as("message %d, seed %d", message, seed).isInstanceOf(RuntimeException.class);
                assertThat(device.credential().guid()).isEqualTo(before);
            }
        } finally {
            tampering = Optional::of;
        }
        onboards(device);
    }

    /** The server has committed, the device does not know: it comes with its old credential, and is served. */
    @Test
    void aDeviceThatLostTheLastAnswerOnboardsAgain() {
        VirtualDevice device = initialised();
        Guid before = device.credential().guid();
        tamperedMessage = 71;
        tampering = body -> Optional.empty();
        try {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> device.onboard(device.findOwner())).isInstanceOf(PeerError.class);
                assertThat(device.credential().guid()).isEqualTo(before);
            }
        } finally {
            tampering = Optional::of;
        }
        onboards(device);
        onboards(device);
        onboards(device);
    }
}

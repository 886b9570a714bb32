package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What machines and operators ask of a service whose profile takes devices that an operator approved. */
record ConfigClient(RunningService service) {

    /** No answer: the service was killed. */
    static final class Gone extends UncheckedIOException {
        private Gone(IOException cause) {
            super(cause);
        }
    }

    static final String CONFIG = "/ignition/v1/config";
    static final String DONE = "/ignition/v1/done";

    private static final Pattern BEARER = Pattern.compile("Bearer [A-Za-z0-9_-]{43}");
    private static final HttpClient HTTP = RunningService.http();

    /** The delivered profile, with what it wants to be proved and the version that it is written in; the setting that names it. */
    static String profiles(Path folder, String proof, String version) throws IOException {
        Path profile = Files.createDirectories(folder.resolve("profiles/edge-gateway"));
        Path delivered = Commands.baseFolder().resolve("config-templates/edge-gateway");
        Files.copy(delivered.resolve("parameters.yaml"), profile.resolve("parameters.yaml"));
        Files.writeString(profile.resolve("config.ign.json"), Files.readString(delivered.resolve("config.ign.json")).replace("3.4.0", version));
        Files.writeString(profile.resolve("profile.yaml"), "proof: " + proof + "\n");
        return "-Dslipway.profiles=" + folder.resolve("profiles");
    }

    /** The GUID of a device that was just made. */
    String initialise(String serial) {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "gateway");
        VirtualDevice device = new VirtualDevice(model, serial, HTTP, new Latencies(), new SystemRandom());
        device.initialize(service.url());
        return device.credential().guid().toString();
    }

    /** The Authorization header of a device that an operator approved. */
    String approve(String device) {
        HttpResponse<String> answer = api("POST", "/api/v1/devices/" + device + "/approve");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return authorization(answer.body());
    }

    /** The Authorization header of a device that waits for that. */
    String await(String device) {
        HttpResponse<String> answer = api("GET", "/ignition/v1/pointer/" + device);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return authorization(answer.body());
    }

    static String authorization(String pointer) {
        Matcher matcher = BEARER.matcher(pointer);
        assertThat(matcher.find()).as(pointer).isTrue();
        return matcher.group();
    }

    HttpResponse<String> api(String method, String path, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(service.url().resolve(path))
                    .header("Authorization", "Bearer " + Files.readString(service.data().resolve("api-token")).strip())
                    .method(method, HttpRequest.BodyPublishers.noBody());
            if (headers.length > 0) {
                request.headers(headers);
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    HttpResponse<String> send(String method, String path, Optional<String> authorization, String... headers) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(service.url().resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
            authorization.ifPresent(value -> request.header("Authorization", value));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Gone(e);
        } catch (InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    HttpResponse<String> get(String authorization, String... headers) {
        return send("GET", CONFIG, Optional.of(authorization), headers);
    }

    int done(String authorization) {
        return send("POST", DONE, Optional.of(authorization)).statusCode();
    }

    /** Everything that comes back on a connection until the service closes it, or has said nothing for a while. */
    String raw(String request) {
        return raw(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    String raw(byte[] request) {
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request);
                out.flush();
            } catch (IOException closed) {
                // The service has seen enough; its answer is there to be read.
            }
            return new String(readAll(socket), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError("no connection", e);
        }
    }

    /** A connection that is reset after an answer has the answer all the same. */
    private static byte[] readAll(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = socket.getInputStream().read(buffer); read >= 0; read = socket.getInputStream().read(buffer)) {
                all.write(buffer, 0, read);
            }
        } catch (SocketException | SocketTimeoutException over) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    static List<String> headerNames(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n")).lines().skip(1).map(line -> line.substring(0, line.indexOf(':')).toLowerCase()).toList();
    }
}

package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import dev.slipway.cli.FreePort;
import dev.slipway.ignition.DeviceFacts;
import dev.slipway.ignition.Profile;
import dev.slipway.ops.ParameterFile;
import dev.slipway.ops.ProfileFolder;
import dev.slipway.ops.SystemRandom;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as its users start it: a process of its own, by the launcher. */
final class RunningService implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    /** The usual memory; but it lives for seconds, in which the better of the two compilers would only take the cores away. */
    private static final String JAVA_OPTIONS = "-Xmx120m -Xmn24m -XX:MaxTenuringThreshold=1 -XX:+UseSerialGC -XX:SoftRefLRUPolicyMSPerMB=0 -XX:TieredStopAtLevel=1";

    private final Process process;
    private final Path data;
    private final int port;
    private final int tlsPort;
    private final Path log;

    private RunningService(Process process, Path data, int port, int tlsPort, Path log) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.tlsPort = tlsPort;
        this.log = log;
    }

    /** @param settings beginning with {@code -D}; {@code %PORT%} and {@code %TLS%} stand for its ports */
    static RunningService start(Path data, String... settings) {
        return start(data, FreePort.find(), FreePort.find(), List.of(), settings);
    }

    /** @param prefix a program that starts the service, such as strace */
    static RunningService start(Path data, int port, int tlsPort, List<String> prefix, String... settings) {
        try {
            Path log = Files.createTempFile("service", ".log");
            log.toFile().deleteOnExit();
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(
                    Commands.launcher(), "serve", "--data", data.toString(), "--port", "" + port, "--tls-port", "" + tlsPort));
            Arrays.stream(settings)
                    .map(setting -> setting.replace("%PORT%", "" + port).replace("%TLS%", "" + tlsPort))
                    .forEach(command::add);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("SLIPWAY_JAVA_OPTS", JAVA_OPTIONS);
            Process process = builder.start();
            RunningService service = new RunningService(process, data, port, tlsPort, log);
            service.awaitReady();
            return service;
        } catch (IOException e) {
            throw new AssertionError("cannot start the service", e);
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!log().contains("slipway ready: ")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("the service did not become ready:\n" + log());
            }
            pause(20);
        }
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static HttpClient http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    int tlsPort() {
        return tlsPort;
    }

    Path data() {
        return data;
    }

    Process process() {
        return process;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** What this service renders for a device with this serial: the renderer run on the same profile and the same parameters. */
    Bytes rendered(String serial, String deviceInfo) {
        Profile profile = ProfileFolder.of(Commands.baseFolder().resolve("config-templates"), "edge-gateway").parse();
        var parameters = new ParameterFile(data.resolve("parameters.yaml"), new SystemRandom()).load(profile);
        var facts = new DeviceFacts("00000000-0000-0000-0000-000000000000", serial, deviceInfo, "", Map.of());
        return Bytes.owning(profile.render(facts, parameters).octets().toArray());
    }

    /** As a machine that loses power does it. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the service does not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Asks the service to end, below a program that started it, too. */
    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        if (below.isEmpty()) {
            process.destroy();
        } else {
            below.forEach(ProcessHandle::destroy);
        }
        await();
    }
}

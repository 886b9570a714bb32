package dev.slipway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The packaged service as a child process, started by the launcher; gone when this is closed. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final String READY = "ready";

    private final long started;
    private final Process process;
    private final URI url;
    private final URI tlsUrl;
    private final Path data;
    private final Path log;

    private ServiceProcess(long started, Process process, URI url, URI tlsUrl, Path data, Path log) {
        this.started = started;
        this.process = process;
        this.url = url;
        this.tlsUrl = tlsUrl;
        this.data = data;
        this.log = log;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param port 0 for a free one
     * @param log where its log lines go
     * @param settings beginning with {@code -D}
     */
    static ServiceProcess start(Path data, int port, Path log, String... settings) {
        int http = port == 0 ? FreePort.find() : port;
        int https = FreePort.find();
        List<String> command = new ArrayList<>(List.of(
                launcher(), "serve", "--data", data.toAbsolutePath().toString(), "--port", Integer.toString(http), "--tls-port", Integer.toString(https)));
        command.addAll(List.of(settings));
        try {
            long started = System.nanoTime();
            Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
            ServiceProcess service = new ServiceProcess(
                    started, process, URI.create("http://127.0.0.1:" + http), URI.create("https://127.0.0.1:" + https), data, log);
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            service.awaitReady();
            return service;
        } catch (IOException e) {
            throw new IllegalStateException("cannot start the service: " + e.getMessage(), e);
        }
    }

    private static String launcher() {
        String launcher = System.getProperty("slipway.launcher");
        if (launcher == null) {
            throw new IllegalStateException("run this by the launcher, ./slipway");
        }
        return launcher;
    }

    private void awaitReady() {
        CompletableFuture<Boolean> ready = CompletableFuture.supplyAsync(this::readUntilReady);
        try {
            if (!ready.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
                throw new IllegalStateException("the service did not start:\n" + Files.readString(log).strip());
            }
        } catch (TimeoutException | ExecutionException | IOException e) {
            close();
            throw new IllegalStateException("the service was not ready within " + START_LIMIT.toSeconds() + " s; its log is " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean readUntilReady() {
        try {
            BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.contains(READY)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    URI url() {
        return url;
    }

    URI tlsUrl() {
        return tlsUrl;
    }

    Path data() {
        return data;
    }

    /** Since its start. */
    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    long pid() {
        return process.pid();
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

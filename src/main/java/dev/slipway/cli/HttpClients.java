package dev.slipway.cli;

import dev.slipway.client.TlsTrust;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** HTTP clients of the commands: HTTP/1.1, as devices speak it. */
final class HttpClients {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private HttpClients() {}

    /** @param ca certificates to trust for HTTPS, PEM; absent: those of the JDK */
    static HttpClient create(Optional<Path> ca) {
        return create(ca, Executors.newVirtualThreadPerTaskExecutor());
    }

    /**
     * For many devices at once, on the cores of the service that they may be there to measure: what an answer wants done takes less time than
     * to have another thread do it.
     */
    static HttpClient ofFleet(Optional<Path> ca) {
        return create(ca, Runnable::run);
    }

    private static HttpClient create(Optional<Path> ca, Executor executor) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT).executor(executor);
        ca.ifPresent(file -> builder.sslContext(TlsTrust.of(file)));
        return builder.build();
    }
}

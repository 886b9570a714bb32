package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Calls the API of a running service. */
final class ApiClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration FILE_TIMEOUT = Duration.ofMinutes(30);
    private static final String JSON = "application/json";
    static final String PEM = "application/x-pem-file";
    private static final int FIRST_ERROR_STATUS = 300;

    private final HttpClient http;
    private final URI base;
    private final String token;

    ApiClient(HttpClient http, URI base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    JsonNode get(String path) {
        return Json.read(send("GET", path, JSON, new byte[0]));
    }

    /** @param accept the media type of the answer */
    byte[] get(String path, String accept) {
        return send("GET", path, accept, new byte[0]);
    }

    JsonNode post(String path, byte[] body) {
        return Json.read(post(path, JSON, body));
    }

    byte[] post(String path, String accept, byte[] body) {
        return send("POST", path, accept, body);
    }

    /**
     * Has a long job done.
     *
     * @param body what to send
     * @param progress gets each line about how far it is
     * @throws CommandFailed if the service does not answer, or refuses before it has begun, unless it lists findings
     */
    NdjsonAnswer job(String path, HttpRequest.BodyPublisher body, Consumer<JsonNode> progress) {
        HttpRequest request = HttpRequest.newBuilder(resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/x-ndjson, application/problem+json")
                .header("Content-Type", "application/x-tar")
                .POST(body)
                .build();
        HttpResponse<Stream<String>> response = send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() >= FIRST_ERROR_STATUS) {
                byte[] octets = lines.collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
                JsonNode problem = problem(response, octets);
                if (!problem.has("errors")) {
                    throw refusal(problem);
                }
                return new NdjsonAnswer(MissingNode.getInstance(), problem);
            }
            return answer(lines, progress);
        } catch (UncheckedIOException e) {
            throw new CommandFailed("the connection to " + base + " broke off; look at what has come of it, and do it again");
        }
    }

    private NdjsonAnswer answer(Stream<String> lines, Consumer<JsonNode> progress) {
        for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
            JsonNode line = Json.read(each.next().getBytes(StandardCharsets.UTF_8));
            if (line.has("progress")) {
                progress.accept(line.get("progress"));
            } else if (line.has("result") || line.path("problem").has("errors")) {
                return new NdjsonAnswer(line.path("result"), line.path("problem"));
            } else {
                throw refusal(line.path("problem"));
            }
        }
        throw new CommandFailed("the service did not say what has come of it; look, and do it again");
    }

    JsonNode put(String path, byte[] body) {
        return Json.read(send("PUT", path, JSON, body));
    }

    /**
     * Sends a file as it is read, however long it is.
     *
     * @param percent told how much of it was read, at each tenth
     */
    JsonNode putFile(String path, Path file, IntConsumer percent) {
        try {
            HttpRequest.BodyPublisher body = SentFile.publisher(file, percent);
            return Json.read(send("PUT", path, JSON, body, FILE_TIMEOUT));
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
    }

    JsonNode patch(String path, byte[] body) {
        return Json.read(send("PATCH", path, JSON, body));
    }

    void delete(String path) {
        send("DELETE", path, JSON, new byte[0]);
    }

    /** A name as one segment of a path. */
    static String segment(String name) {
        if (name.matches("\\.{0,2}")) {
            throw new CommandFailed("'" + name + "' is no name");
        }
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Below {@code /api/v1}, unless it begins with a slash. */
    private URI resolve(String path) {
        return base.resolve(path.startsWith("/") ? path : "/api/v1/" + path);
    }

    /** @throws CommandFailed in words, if the service does not answer or refuses */
    private byte[] send(String method, String path, String accept, byte[] body) {
        return send(method, path, accept, HttpRequest.BodyPublishers.ofByteArray(body), TIMEOUT);
    }

    private byte[] send(String method, String path, String accept, HttpRequest.BodyPublisher body, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(resolve(path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept + ", application/problem+json")
                .header("Content-Type", "application/octet-stream")
                .method(method, body)
                .build();
        HttpResponse<byte[]> response = send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() >= FIRST_ERROR_STATUS) {
            throw refusal(problem(response, response.body()));
        }
        return response.body();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (ConnectException e) {
            throw new CommandFailed("no service answers at " + base + "; start one with ./slipway serve, or name it with --url");
        } catch (SSLException e) {
            throw new CommandFailed("no trust in " + base + ": " + e.getMessage() + "; name its certificates with --ca");
        } catch (IOException e) {
            throw new CommandFailed("the connection to " + base + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    /** The service does not do what it was asked; the message is its reason. */
    static final class Refused extends CommandFailed {

        private Refused(String message) {
            super(message);
        }
    }

    private JsonNode problem(HttpResponse<?> response, byte[] body) {
        if (!response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
            throw new CommandFailed(base + " answered HTTP " + response.statusCode() + "; is it a Slipway service?");
        }
        return Json.read(body);
    }

    private static Refused refusal(JsonNode problem) {
        StringBuilder lines = new StringBuilder();
        problem.path("errors").forEach(error -> lines.append("\n  ")
                .append(Text.printable(error.path("path").asText()))
                .append(error.has("path") ? ": " : "")
                .append(Text.printable(error.path("message").asText())));
        String cause = problem.path("detail").asText(problem.path("title").asText());
        return new Refused(lines.isEmpty() ? Text.printable(cause) : Text.printable(problem.path("title").asText()) + lines);
    }

    @Override
    public void close() {
        http.close();
    }
}

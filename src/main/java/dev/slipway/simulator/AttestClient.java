package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Asks a service's {@code /attest/v1} in CBOR, and fetches configs. */
final class AttestClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_TEXT_OCTETS = 1024;
    private static final int FIRST_REFUSAL = 400;

    private final HttpClient http;
    private final URI base;

    AttestClient(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** Values by name, where an answer is wanted that is no refusal. */
    record Answer(Map<String, CborItem> values) {

        Bytes octets(String name) {
            return value(name).byteString();
        }

        String text(String name) {
            return value(name).text(MAX_TEXT_OCTETS);
        }

        private CborItem value(String name) {
            CheckFailed.require(values.containsKey(name), "an answer without " + name);
            return values.get(name);
        }
    }

    /** A request: values by name. */
    static final class Question {
        private final Map<String, CborItem> values = new TreeMap<>();

        Question with(String name, Bytes octets) {
            values.put(name, CborItem.decode(new CborWriter().byteString(octets).toBytes()));
            return this;
        }

        Question with(String name, String text) {
            values.put(name, CborItem.decode(new CborWriter().text(text).toBytes()));
            return this;
        }

        private Bytes encode() {
            CborWriter writer = new CborWriter().map(values.size());
            values.forEach((name, value) -> writer.text(name).raw(value.bytes()));
            return writer.toBytes();
        }
    }

    Answer post(String path, Question question) {
        Map<String, CborItem> values = new TreeMap<>();
        Bytes answer = send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/cbor")
                .header("Accept", "application/cbor")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question.encode().toArray())));
        CborItem.decode(answer).map().forEach(entry -> values.put(entry.getKey().text(MAX_TEXT_OCTETS), entry.getValue()));
        return new Answer(values);
    }

    /** The config. */
    Bytes get(String path, String authorization) {
        return send(HttpRequest.newBuilder(base.resolve(path)).header("Authorization", authorization));
    }

    private Bytes send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
            CheckFailed.require(response.statusCode() < FIRST_REFUSAL, response.uri().getPath() + " was answered with " + response.statusCode());
            return Bytes.owning(response.body());
        } catch (IOException e) {
            throw new CheckFailed(base + " cannot be reached: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CheckFailed("interrupted");
        }
    }
}

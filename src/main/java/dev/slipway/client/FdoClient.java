package dev.slipway.client;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.message.ErrorMessage;
import dev.slipway.fdo.message.FdoErrorCode;
import dev.slipway.fdo.message.MessageType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a protocol as a client sees it: sends messages, carries the token.
 *
 * @see "FIDO Device Onboard 1.1, Message Transport"
 */
public final class FdoClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int MAX_BODY_OCTETS = 65_535;

    private final HttpClient http;
    private final URI base;
    private final Observer observer;
    private Optional<String> token = Optional.empty();
    private int lastMessage;

    public FdoClient(HttpClient http, URI base, Observer observer) {
        this.http = http;
        this.base = base;
        this.observer = observer;
    }

    /** Is told of each answer. */
    @FunctionalInterface
    public interface Observer {

        Observer NONE = (messageNumber, nanoseconds) -> {};

        void answered(int messageNumber, long nanoseconds);
    }

    /** An answer as it came. */
    public record Reply(int status, Optional<Integer> messageNumber, Optional<String> contentType, Bytes body) {}

    /** What the service gave this client to show, once it has. */
    public Optional<String> token() {
        return token;
    }

    /**
     * Sends a message and returns the answer, which has to be of type {@code expected}.
     *
     * @throws PeerError if it is an error message, or anything else
     */
    public Bytes exchange(MessageType type, Bytes body, MessageType expected) {
        Reply reply = send(type.number(), body);
        if (reply.status() == OK && reply.messageNumber().filter(number -> number == expected.number()).isPresent()) {
            return reply.body();
        }
        throw error(type, reply);
    }

    private static PeerError error(MessageType type, Reply reply) {
        String what = "answer to " + type + ": HTTP " + reply.status();
        if (reply.messageNumber().filter(number -> number == MessageType.ERROR).isEmpty()) {
            return new PeerError(reply.status(), 0, what + ", message " + reply.messageNumber().map(String::valueOf).orElse("none"));
        }
        ErrorMessage.Received error = ErrorMessage.Received.decode(reply.body());
        return new PeerError(reply.status(), error.code(), what + ", error " + error.code() + " \"" + error.text() + "\"");
    }

    /** Sends anything as message {@code number}, and takes any answer. */
    public Reply send(int number, Bytes body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/fdo/101/msg/" + number))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/cbor")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()));
        token.ifPresent(value -> request.header("Authorization", value));
        return send(number, request.build());
    }

    private Reply send(int number, HttpRequest request) {
        try {
            lastMessage = number;
            long started = System.nanoTime();
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            Bytes body = body(response, number);
            observer.answered(number, System.nanoTime() - started);
            response.headers().firstValue("Authorization").ifPresent(value -> token = Optional.of(value));
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Message-Type").filter(type -> type.matches("\\d{1,3}")).map(Integer::valueOf),
                    response.headers().firstValue("Content-Type"),
                    body);
        } catch (IOException e) {
            throw new PeerError(0, 0, Trouble.words(base, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerError(0, 0, "interrupted");
        }
    }

    private static Bytes body(HttpResponse<InputStream> response, int number) throws IOException {
        try (InputStream in = response.body()) {
            Bytes body = Bytes.owning(in.readNBytes(MAX_BODY_OCTETS + 1));
            if (body.length() > MAX_BODY_OCTETS) {
                throw new PeerError(response.statusCode(), 0, "answer to message " + number + " is longer than " + MAX_BODY_OCTETS + " octets");
            }
            return body;
        }
    }

    /** Tells the service that its last answer is not accepted. */
    public void giveUp() {
        send(MessageType.ERROR, new ErrorMessage(FdoErrorCode.INVALID_MESSAGE_ERROR, lastMessage, Instant.now().getEpochSecond(), 1).encode());
    }
}

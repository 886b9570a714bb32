package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Sends anything to the service, and judges error messages by their octets. */
final class Wire {

    /** @param token of the reply, to go on with */
    record Reply(int status, String messageType, String contentType, Optional<String> token, Bytes body) {

        /** HTTP 500 with an error message of this code that answers message {@code number}. */
        void isRefusal(int number, int code) {
            assertThat(status).as("status; body %s", body).isEqualTo(500);
            assertThat(messageType).isEqualTo("255");
            assertThat(contentType).isEqualTo("application/cbor");
            List<CborItem> error = CborItem.decode(body).array(5);
            assertThat(error.get(0).integer()).as("error code").isEqualTo(code);
            assertThat(error.get(1).integer()).as("previous message").isEqualTo(number);
            assertThat(error.get(2).text(100)).matches("[a-zA-Z ]+");
            assertThat(error.get(3).integer()).as("timestamp").isGreaterThan(1_700_000_000L);
            assertThat(error.get(4).integer()).as("correlation id").isBetween(0L, (1L << 31) - 1);
        }

        Reply isMessage(int number) {
            assertThat(messageType).as("status %d, body %s", status, body).isEqualTo(Integer.toString(number));
            assertThat(status).isEqualTo(200);
            return this;
        }
    }

    private static final HttpClient HTTP = RunningService.http();

    private Wire() {}

    static Reply post(URI service, int number, Optional<String> token, Bytes body) {
        return post(service, number, token, Optional.of("application/cbor"), body);
    }

    static Reply post(URI service, int number, Optional<String> token, Optional<String> contentType, Bytes body) {
        return postTo(service.resolve("/fdo/101/msg/" + number), token, contentType, body);
    }

    static Reply postTo(URI url, Optional<String> token, Optional<String> contentType, Bytes body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()));
        token.ifPresent(value -> request.header("Authorization", value));
        contentType.ifPresent(value -> request.header("Content-Type", value));
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Message-Type").orElse(""),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Authorization"),
                    Bytes.owning(response.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer from " + url, e);
        }
    }

    /** The same length, its last two thirds zero. */
    static Bytes badEncoding(Bytes body) {
        byte[] bad = body.toArray();
        for (int i = bad.length / 3; i < bad.length; i++) {
            bad[i] = 0;
        }
        return Bytes.owning(bad);
    }

    static Bytes flip(Bytes octets, int index) {
        byte[] changed = octets.toArray();
        changed[index] ^= 1;
        return Bytes.owning(changed);
    }
}

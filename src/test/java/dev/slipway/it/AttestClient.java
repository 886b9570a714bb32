package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bytes.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Asks {@code /attest/v1} in JSON. */
record AttestClient(URI base, Optional<String> authorization) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static AttestClient of(RunningService service) {
        return new AttestClient(service.url(), Optional.empty());
    }

    record Reply(int status, byte[] body, Optional<String> contentType) {

        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(new String(body), e);
            }
        }

        JsonNode isStatus(int expected) {
            assertThat(status).as(new String(body)).isEqualTo(expected);
            return json();
        }

        void isRefusal(int expected, String code) {
            JsonNode error = isStatus(expected);
            assertThat(error.path("error").asText()).isEqualTo(code);
            assertThat(error.path("detail").asText()).isNotBlank();
            assertThat(error).hasSize(2);
        }
    }

    /** @param octets sent in base64, but {@code proof}, which is in hex */
    Reply post(String path, Map<String, Bytes> octets, Map<String, String> texts) {
        ObjectNode json = MAPPER.createObjectNode();
        octets.forEach((name, value) -> json.put(name, name.equals("proof") ? value.toHex() : Base64.getEncoder().encodeToString(value.toArray())));
        texts.forEach(json::put);
        return post(path, "application/json", json.toString().getBytes());
    }

    Reply post(String path, String contentType, byte[] body) {
        return post(path, contentType, contentType, body);
    }

    Reply post(String path, String contentType, String accept, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("attest/v1/" + path))
                .header("Content-Type", contentType)
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        try (HttpClient http = RunningService.http()) {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(answer.statusCode(), answer.body(), answer.headers().firstValue("Content-Type"));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    Reply begin(TpmDevice device, String guid) {
        return post("enrollments", device.request(), guid.isEmpty() ? Map.of() : Map.of("guid", guid));
    }

    Reply prove(String id, Map<String, Bytes> proof) {
        return post("enrollments/" + id + "/proof", proof, Map.of());
    }

    /** The whole of it, which has to go well. */
    JsonNode enroll(TpmDevice device, String guid) {
        JsonNode challenge = begin(device, guid).isStatus(201);
        return prove(challenge.path("enrollment_id").asText(), device.proof(challenge)).isStatus(200);
    }
}

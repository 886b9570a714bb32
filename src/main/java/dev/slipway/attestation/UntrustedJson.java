package dev.slipway.attestation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** JSON of a machine that nobody has vouched for: bounded, no name twice, nothing after it. */
final class UntrustedJson {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_OCTETS = 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxDocumentLength(MAX_OCTETS).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private UntrustedJson() {}

    static JsonNode object(Bytes octets, int limit, Function<String, Malformed> malformed) {
        return object(text(octets, limit, malformed), malformed);
    }

    static String text(Bytes octets, int limit, Function<String, Malformed> malformed) {
        if (octets.length() > limit) {
            throw malformed.apply("has " + octets.length() + " octets where " + limit + " are the most");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toArray())).toString();
        } catch (CharacterCodingException e) {
            throw malformed.apply("is not UTF-8");
        }
    }

    static JsonNode object(String text, Function<String, Malformed> malformed) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || !node.isObject()) {
                throw malformed.apply("has something that is no JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw malformed.apply("has something that is not JSON");
        }
    }
}

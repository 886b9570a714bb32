package dev.slipway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Output for scripts. */
final class Json {

    private static final ObjectMapper LINE =
            new ObjectMapper().findAndRegisterModules().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final ObjectMapper MAPPER = LINE.copy().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    /** On one line. */
    static String line(Object value) {
        try {
            return LINE.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    static JsonNode tree(Object value) {
        return LINE.valueToTree(value);
    }

    /** An object with its keys in their order. */
    static Map<String, Object> map(JsonNode object) {
        return LINE.convertValue(object, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    static JsonNode read(byte[] json) {
        try {
            return LINE.readTree(json);
        } catch (IOException e) {
            throw new CommandFailed("the service answered with something that is no JSON");
        }
    }
}

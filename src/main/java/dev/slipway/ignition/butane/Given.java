package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * Reads of a bound config. Null is not given. A value that is not known before the config is rendered, a node of type POJO, is given, but
 * has no text, number or truth value.
 */
final class Given {

    private Given() {}

    static boolean is(JsonNode object, String key) {
        return object.hasNonNull(key);
    }

    static Optional<String> text(JsonNode object, String key) {
        return Optional.ofNullable(object.path(key).textValue());
    }

    /** Given, and known to be an empty text. */
    static boolean isEmpty(JsonNode object, String key) {
        return text(object, key).filter(String::isEmpty).isPresent();
    }

    /** Given, and not known to be empty. */
    static boolean isFilled(JsonNode object, String key) {
        return is(object, key) && !isEmpty(object, key);
    }

    static boolean isTrue(JsonNode object, String key) {
        return object.path(key).isBoolean() && object.path(key).booleanValue();
    }

    /** Whether the value stands in the config, but is not known yet. */
    static boolean isUnknown(JsonNode object, String key) {
        return object.path(key).isPojo();
    }

    static List<String> texts(JsonNode object, String key) {
        List<String> texts = new ArrayList<>();
        object.path(key).forEach(item -> {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        });
        return texts;
    }

    /** Calls for each object in the list, with its index. */
    static void forEach(JsonNode list, ObjIntConsumer<JsonNode> action) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isObject()) {
                action.accept(list.get(i), i);
            }
        }
    }

    /** How many items say something. */
    static int count(JsonNode list) {
        int count = 0;
        for (JsonNode item : list) {
            count += item.isNull() ? 0 : 1;
        }
        return count;
    }
}

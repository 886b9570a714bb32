package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A config whose every value knows which layer it came from. What says nothing, null and the empty object or list, is left out. */
sealed interface Traced {

    /** Of an object or list: the uppermost layer that has something in it. */
    Origin origin();

    record Value(JsonNode node, Origin origin) implements Traced {}

    record Fields(Map<String, Traced> fields, Origin origin) implements Traced {}

    record Items(List<Traced> items, Origin origin) implements Traced {}

    static Traced of(JsonNode node, Origin origin) {
        if (node.isObject()) {
            Map<String, Traced> fields = new LinkedHashMap<>();
            node.properties().forEach(entry -> put(fields, entry.getKey(), of(entry.getValue(), origin.child(entry.getKey()))));
            return new Fields(fields, origin);
        }
        if (node.isArray()) {
            List<Traced> items = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                items.add(of(node.get(i), origin.child(i)));
            }
            return new Items(items, origin);
        }
        return new Value(node, origin);
    }

    static void put(Map<String, Traced> fields, String key, Traced value) {
        boolean saysNothing = switch (value) {
            case Value single -> single.node.isNull();
            case Fields object -> object.fields.isEmpty();
            case Items list -> list.items.isEmpty();
        };
        if (!saysNothing) {
            fields.put(key, value);
        }
    }

    /** The config without its origins. */
    default JsonNode plain() {
        return switch (this) {
            case Value value -> value.node;
            case Fields object -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                object.fields.forEach((key, value) -> node.set(key, value.plain()));
                yield node;
            }
            case Items list -> {
                ArrayNode node = JsonNodeFactory.instance.arrayNode();
                list.items.forEach(item -> node.add(item.plain()));
                yield node;
            }
        };
    }

    /** Puts the origin of every place into {@code origins}. */
    default void collect(ConfigPath at, Map<ConfigPath, Origin> origins) {
        origins.put(at, origin());
        switch (this) {
            case Value value -> {}
            case Fields object -> object.fields.forEach((key, value) -> value.collect(at.child(key), origins));
            case Items list -> {
                for (int i = 0; i < list.items.size(); i++) {
                    list.items.get(i).collect(at.child(i), origins);
                }
            }
        }
    }
}

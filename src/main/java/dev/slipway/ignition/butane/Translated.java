package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A config of Ignition, or a part of one, with the way back to what it was translated from. */
record Translated(ObjectNode config, Trail trail) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Translated empty(Dialect dialect) {
        ObjectNode config = NODES.objectNode();
        config.putObject("ignition").put("version", dialect.target().text());
        return new Translated(config, new Trail());
    }

    /** The list of this name in a section, both made where they are missing. */
    ArrayNode list(String section, String name) {
        return config.withObject("/" + section).withArray("/" + name);
    }

    /** Sets what says something: no null, no empty object, no empty list. */
    static void put(ObjectNode object, String key, JsonNode value) {
        boolean empty = value.isNull() || value.isMissingNode() || value.isContainerNode() && value.isEmpty();
        if (!empty) {
            object.set(key, value);
        }
    }
}

package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A rendered config for people: indented, and, unless it is asked for, with {@code ********} for what secret parameters yield. */
public final class ReadableConfig {

    /** Of a device that gets none. */
    public static final ReadableConfig NONE =
            new ReadableConfig(JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());

    private final JsonNode config;
    private final JsonNode masked;

    ReadableConfig(JsonNode config, JsonNode masked) {
        this.config = config;
        this.masked = masked;
    }

    /** As it is served. */
    JsonNode config() {
        return config;
    }

    JsonNode masked() {
        return masked;
    }

    /** Fit for any eye. */
    public String text() {
        return Json.writeReadable(masked);
    }

    /** With its secrets, for whoever has them anyway. */
    public String textWithSecrets() {
        return Json.writeReadable(config);
    }

    @Override
    public String toString() {
        return "ReadableConfig[…]";
    }
}

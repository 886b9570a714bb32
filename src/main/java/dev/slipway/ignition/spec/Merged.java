package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** A config made of layers. It may be invalid although every layer is valid: validate it again. */
public final class Merged {

    private final JsonNode config;
    private final Map<ConfigPath, Origin> origins;

    Merged(JsonNode config, Map<ConfigPath, Origin> origins) {
        this.config = config;
        this.origins = Map.copyOf(origins);
    }

    /** Without nulls, empty objects and empty lists, which say nothing. */
    public JsonNode config() {
        return config;
    }

    /**
     * Which layer wrote the value at {@code path}, and where; of an object or list, the uppermost layer that has something in it. Empty
     * where the config has nothing.
     */
    public Optional<Origin> origin(ConfigPath path) {
        return Optional.ofNullable(origins.get(path));
    }
}

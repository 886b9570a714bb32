package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields and types of one Ignition version, taken from upstream's JSON Schema (package folder {@code schema}).
 *
 * <p>Stricter than Ignition where it would do the device no good: a key that the version does not know has no effect there, so it is
 * refused here, as is a key in other letter case. The schema alone is no full validation; see "Validation" of the Ignition documentation.
 */
final class IgnitionSchema {

    private static final Map<IgnitionVersion, IgnitionSchema> ALL = loadAll();

    private final JsonNode root;

    private IgnitionSchema(JsonNode root) {
        this.root = root;
    }

    static IgnitionSchema of(IgnitionVersion version) {
        return ALL.get(version);
    }

    /** Checks types, unknown keys and required keys. A node of type POJO stands for a value that is not known yet and fits everywhere. */
    void check(JsonNode config, String source, Report report) {
        check(config, root, source, report);
    }

    private void check(JsonNode node, JsonNode schema, String at, Report report) {
        if (node.isPojo()) {
            return;
        }
        Shape shape = shapeOf(schema);
        if (!shape.types.isEmpty() && shape.types.stream().noneMatch(type -> hasType(node, type))) {
            report.error("ignition.type", at, "this must be of type " + String.join(" or ", shape.types) + ", not " + typeOf(node));
            return;
        }
        if (node.isObject()) {
            checkKeys(node, shape, at, report);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), shape.items, Pointer.child(at, i), report);
            }
        }
    }

    private void checkKeys(JsonNode node, Shape shape, String at, Report report) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = entry.getKey();
            JsonNode schema = shape.properties.get(key);
            if (schema == null) {
                report.error("ignition.unknown-key", Pointer.child(at, key), unknownKey(key, shape));
            } else {
                check(entry.getValue(), schema, Pointer.child(at, key), report);
            }
        }
        for (String key : shape.required) {
            if (!node.has(key)) {
                report.error("ignition.missing-key", at, "the key '" + key + "' is required here; add it");
            }
        }
    }

    private static String unknownKey(String key, Shape shape) {
        return shape.properties.keySet().stream()
                .filter(known -> known.equalsIgnoreCase(key))
                .findFirst()
                .map(known -> "this version of Ignition knows no key of this name here; letter case counts, write '" + known + "'")
                .orElseGet(() -> "this version of Ignition knows no key of this name here; it knows " + new TreeSet<>(shape.properties.keySet())
                        + ". Remove the key, or raise ignition.version if a newer one has it");
    }

    /** What a schema says about one place, with {@code $ref} followed and {@code allOf} joined. */
    private record Shape(Set<String> types, Map<String, JsonNode> properties, Set<String> required, JsonNode items) {}

    private Shape shapeOf(JsonNode schema) {
        if (schema.has("$ref")) {
            return shapeOf(root.at(schema.get("$ref").textValue().substring(1)));
        }
        Set<String> types = new LinkedHashSet<>(texts(schema.path("type")));
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
        Set<String> required = new LinkedHashSet<>(texts(schema.path("required")));
        for (JsonNode part : schema.path("allOf")) {
            Shape shape = shapeOf(part);
            types.addAll(shape.types);
            properties.putAll(shape.properties);
            required.addAll(shape.required);
        }
        return new Shape(types, properties, required, schema.path("items"));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(item -> texts.add(item.textValue()));
        return texts;
    }

    private static boolean hasType(JsonNode node, String type) {
        return typeOf(node).equals(type) && (!type.equals("integer") || node.canConvertToLong());
    }

    private static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> node.isIntegralNumber() ? "integer" : "number";
            case BINARY, MISSING, POJO -> "no value";
        };
    }

    private static Map<IgnitionVersion, IgnitionSchema> loadAll() {
        Map<IgnitionVersion, IgnitionSchema> all = new EnumMap<>(IgnitionVersion.class);
        ObjectMapper mapper = new ObjectMapper();
        for (IgnitionVersion version : IgnitionVersion.values()) {
            String resource = "schema/" + version.text() + ".json";
            try (InputStream in = IgnitionSchema.class.getResourceAsStream(resource)) {
                all.put(version, new IgnitionSchema(mapper.readTree(in)));
            } catch (IOException e) {
                throw new UncheckedIOException("unreadable resource " + resource, e);
            }
        }
        return Map.copyOf(all);
    }
}

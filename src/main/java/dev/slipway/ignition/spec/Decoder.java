package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.failure.Finding.Severity;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Checks keys and types as Ignition does when it decodes a config: letter case of keys does not matter to it, and keys that it does not know
 * have no effect. Both are errors here.
 */
final class Decoder {

    static final String TYPE = "ignition.type";
    static final String UNKNOWN_KEY = "ignition.unknown-key";

    private final IgnitionVersion version;
    private final Remarks remarks;

    /** Inside of a key in other letter case, where Ignition loses track of unknown keys. */
    private boolean lost;

    Decoder(IgnitionVersion version, Remarks remarks) {
        this.version = version;
        this.remarks = remarks;
    }

    /** The config as Ignition understands it: with the keys that it knows only, in their own letter case. */
    JsonNode decode(JsonNode config) {
        return value(Spec.CONFIG, config, ConfigPath.ROOT);
    }

    private JsonNode value(FieldType type, JsonNode node, ConfigPath path) {
        if (node.isPojo()) {
            return node;
        }
        if (node.isNull()) {
            if (type instanceof ObjectType && !lost) {
                remarks.warning(path, "ignition.null", "null stands for " + type.inWords() + " without fields; leave it out");
            }
            return node;
        }
        if (!fits(type, node)) {
            wrongType(type, node, path, remarks);
            return node;
        }
        return switch (type) {
            case FieldType.Scalar scalar -> node;
            case ListType list -> list(list, (ArrayNode) node, path);
            case ObjectType object -> object(object, (ObjectNode) node, path);
        };
    }

    private JsonNode list(ListType type, ArrayNode node, ConfigPath path) {
        ArrayNode decoded = node;
        for (int i = 0; i < node.size(); i++) {
            JsonNode item = node.get(i);
            if (type.item() instanceof FieldType.Scalar && fits(type.item(), item)) {
                continue;
            }
            JsonNode value = value(type.item(), item, path.child(i));
            if (value != item) {
                decoded = decoded == node ? node.arrayNode(node.size()).addAll(node) : decoded;
                decoded.set(i, value);
            }
        }
        return decoded;
    }

    private JsonNode object(ObjectType type, ObjectNode node, ConfigPath path) {
        ObjectNode decoded = node;
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            Optional<Field> field = type.field(key).filter(known -> known.isIn(version));
            if (field.isEmpty()) {
                decoded = decoded == node ? copy(node) : decoded;
                decoded.remove(key);
                unknownKey(type, key, value, path, decoded);
            } else if (!(field.get().type() instanceof FieldType.Scalar scalar && fits(scalar, value))) {
                JsonNode child = value(field.get().type(), value, path.child(key));
                if (child != value) {
                    decoded = decoded == node ? copy(node) : decoded;
                    decoded.set(key, child);
                }
            }
        }
        return decoded;
    }

    private static ObjectNode copy(ObjectNode node) {
        ObjectNode copy = node instanceof ConditionalObject ? new ConditionalObject() : node.objectNode();
        return copy.setAll(node);
    }

    private void unknownKey(ObjectType type, String key, JsonNode value, ConfigPath path, ObjectNode decoded) {
        Optional<Severity> inIgnition = lost ? Optional.empty() : Optional.of(Severity.WARNING);
        Optional<Field> meant = type.fields().stream().filter(field -> field.isIn(version) && field.name().equalsIgnoreCase(key)).findFirst();
        if (meant.isPresent() && decoded.has(meant.get().name())) {
            remarks.stricter(path.child(key), ConfigReader.DUPLICATE_KEY, inIgnition,
                    "the key '" + meant.get().name() + "' is there twice, in different letter case; keep one of them");
        } else if (meant.isPresent()) {
            String name = meant.get().name();
            remarks.stricter(path.child(key), UNKNOWN_KEY, inIgnition, "letter case counts in keys; write '" + name + "'");
            boolean before = lost;
            lost = true;
            decoded.set(name, value(meant.get().type(), value, path.child(name)));
            lost = before;
        } else {
            remarks.stricter(path.child(key), UNKNOWN_KEY, inIgnition, unknown(type, key));
        }
    }

    private String unknown(ObjectType type, String key) {
        Optional<Field> later = type.field(key);
        if (later.isPresent()) {
            return "this key has no effect in version " + version.text() + ", it came with " + later.get().since().text()
                    + "; raise ignition.version or remove the key";
        }
        TreeSet<String> known = new TreeSet<>();
        type.fields().stream().filter(field -> field.isIn(version)).forEach(field -> known.add(field.name()));
        return "Ignition knows no key of this name here, so it has no effect; remove it or write one of " + String.join(", ", known);
    }

    static boolean fits(FieldType type, JsonNode node) {
        return switch (type) {
            case ObjectType object -> node.isObject();
            case ListType list -> node.isArray();
            case FieldType.Scalar.TEXT -> node.isTextual();
            case FieldType.Scalar.WHOLE -> node.isIntegralNumber() && node.canConvertToLong();
            case FieldType.Scalar.FLAG -> node.isBoolean();
        };
    }

    static void wrongType(FieldType type, JsonNode node, ConfigPath path, Remarks remarks) {
        String found = switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case BOOLEAN -> "true or false";
            case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a number with a fraction or exponent";
            default -> "no value";
        };
        boolean tooBig = node.isIntegralNumber() && type == FieldType.Scalar.WHOLE;
        remarks.error(path, TYPE, tooBig ? "this number has more than 64 bits; write a smaller one"
                : "there must be " + type.inWords() + " here, not " + found);
    }
}

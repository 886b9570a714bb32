package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A config in another version, with the same effect on a device.
 *
 * <p>Upwards, Ignition itself does the same with every older config; it takes away what had no effect. Downwards, a config is refused when it
 * uses what the older version lacks: a field, scheme, hash function, format or pin.
 *
 * @see "Ignition, Migrating between configuration versions; Go packages config/v3_*, translate"
 */
public sealed interface Conversion {

    /** @param config of the wanted version, valid, and free to be changed */
    record Done(JsonNode config) implements Conversion {}

    /** @param report what the wanted version does not have, at the places of the config as it was */
    record Refused(ConfigReport report) implements Conversion {}

    /** @param config valid in its own version; it is not changed */
    static Conversion of(JsonNode config, IgnitionVersion wanted) {
        IgnitionVersion from = versionOf(config);
        JsonNode converted = raised(config, wanted);
        Remarks remarks = new Remarks();
        if (wanted.isBefore(from)) {
            lower(Spec.CONFIG, converted, ConfigPath.ROOT, from, wanted, remarks);
        }
        List<Remark> all = new ArrayList<>(remarks.list());
        all.addAll(ConfigValidator.check(converted).remarks());
        ConfigReport report = new ConfigReport(all);
        return report.isValid() ? new Done(converted) : new Refused(report);
    }

    /** @throws IllegalArgumentException if the config names none */
    private static IgnitionVersion versionOf(JsonNode config) {
        return ConfigValidator.versionOf(config).orElseThrow(() -> new IllegalArgumentException("a valid config names its version"));
    }

    /** A copy of that version, without what had no effect before; not checked. */
    static JsonNode raised(JsonNode config, IgnitionVersion wanted) {
        IgnitionVersion from = versionOf(config);
        JsonNode copy = config.deepCopy();
        ((ObjectNode) copy.get("ignition")).put("version", wanted.text());
        raise(Spec.CONFIG, copy, from, wanted);
        return copy;
    }

    private static void raise(ObjectType type, JsonNode node, IgnitionVersion from, IgnitionVersion wanted) {
        for (Field field : type.fields()) {
            JsonNode value = node.path(field.name());
            Optional<Field.Change> change = field.change().filter(c -> from.isBefore(c.version()) && !wanted.isBefore(c.version()));
            if (change.isPresent() && value.isNumber()) {
                ((ObjectNode) node).set(field.name(), LongNode.valueOf(change.get().before().applyAsLong(value.longValue())));
            }
            if (field.type() instanceof ObjectType object) {
                raise(object, value, from, wanted);
            } else if (field.type() instanceof ListType list && list.item() instanceof ObjectType item) {
                value.forEach(entry -> raise(item, entry, from, wanted));
            }
        }
    }

    /** Drops new fields that say nothing, and complains of numbers that would lose a part of their meaning. */
    private static void lower(ObjectType type, JsonNode node, ConfigPath path, IgnitionVersion from, IgnitionVersion wanted, Remarks remarks) {
        for (Field field : type.fields()) {
            JsonNode value = node.path(field.name());
            ConfigPath at = path.child(field.name());
            if (!field.isIn(wanted) && saysNothing(value) && node instanceof ObjectNode object) {
                object.remove(field.name());
            }
            Optional<Field.Change> change = field.change().filter(c -> wanted.isBefore(c.version()) && !from.isBefore(c.version()));
            if (change.isPresent() && value.isNumber() && change.get().before().applyAsLong(value.longValue()) != value.longValue()) {
                remarks.stricter(at, "ignition.conversion-loss", Optional.empty(),
                        "a part of this number has no effect before version " + change.get().version().text());
            }
            if (field.type() instanceof ObjectType object) {
                lower(object, value, at, from, wanted, remarks);
            } else if (field.type() instanceof ListType list && list.item() instanceof ObjectType item) {
                for (int i = 0; i < value.size(); i++) {
                    lower(item, value.get(i), at.child(i), from, wanted, remarks);
                }
            }
        }
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull() || value.isTextual() && value.textValue().isEmpty() || value.isContainerNode() && value.isEmpty();
    }
}

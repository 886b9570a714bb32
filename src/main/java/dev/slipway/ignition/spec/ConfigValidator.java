package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a config may be served. In Ignition's order: read, find the version, decode by that version, check the rules of every object, then
 * duplicates; a config that cannot be decoded is not looked at any further.
 *
 * @see "Ignition, Configuration Specification; Go package config, Parse and ValidateWithContext"
 */
public final class ConfigValidator {

    static final String VERSION = "ignition.version";

    private final IgnitionVersion version;
    private final Remarks remarks;
    private final boolean advising;

    private ConfigValidator(IgnitionVersion version, Remarks remarks, boolean advising) {
        this.version = version;
        this.remarks = remarks;
        this.advising = advising;
    }

    /** Everything there is to say about a config, with line and column. */
    public static ConfigReport validate(Bytes config) {
        ConfigReader.Reading reading = ConfigReader.read(config);
        return reading.tree().map(tree -> {
            Remarks remarks = new Remarks();
            Advice.size(config.length(), remarks);
            validate(tree, true, remarks);
            return new ConfigReport(remarks.list()).locatedIn(config);
        }).orElse(reading.report());
    }

    /**
     * Everything there is to say about a config or about the outline of a template, in which a node of type POJO stands for a value that is
     * not known yet and passes every check.
     */
    public static ConfigReport validate(JsonNode config) {
        Remarks remarks = new Remarks();
        validate(config, true, remarks);
        return new ConfigReport(remarks.list());
    }

    /** Whether a config may be served, without what is only worth a warning: fast enough for each request of a device. */
    public static ConfigReport check(Bytes config) {
        ConfigReader.Reading reading = ConfigReader.read(config);
        return reading.tree().map(ConfigValidator::check).orElse(reading.report());
    }

    /** The same for one that was read already. */
    public static ConfigReport check(JsonNode config) {
        Remarks remarks = new Remarks();
        validate(config, false, remarks);
        return new ConfigReport(remarks.list());
    }

    private static void validate(JsonNode config, boolean advising, Remarks remarks) {
        versionOf(config, remarks).ifPresent(version -> {
            JsonNode decoded = new Decoder(version, remarks).decode(config);
            if (!remarks.has(Decoder.TYPE)) {
                new ConfigValidator(version, remarks, advising).object(Spec.CONFIG, decoded, ConfigPath.ROOT);
            }
        });
    }

    /** The version that a config names. */
    public static Optional<IgnitionVersion> versionOf(JsonNode config) {
        return versionOf(config, new Remarks());
    }

    private static Optional<IgnitionVersion> versionOf(JsonNode config, Remarks remarks) {
        if (!config.isObject()) {
            Decoder.wrongType(Spec.CONFIG, config, ConfigPath.ROOT, remarks);
            return Optional.empty();
        }
        JsonNode section = ignoringCase(config, "ignition");
        JsonNode version = ignoringCase(section, "version");
        ConfigPath at = ConfigPath.ROOT.child("ignition");
        if (!isAbsent(section) && !section.isObject()) {
            remarks.error(at, Decoder.TYPE, "there must be an object here");
        } else if (isAbsent(version) || version.isPojo()) {
            remarks.error(at.child("version"), VERSION,
                    "the version of the specification is missing; write one of " + IgnitionVersion.known() + " as a text");
        } else if (!version.isTextual()) {
            Decoder.wrongType(FieldType.Scalar.TEXT, version, at.child("version"), remarks);
        } else {
            Optional<IgnitionVersion> known = IgnitionVersion.find(version.textValue());
            if (known.isEmpty()) {
                remarks.error(at.child("version"), VERSION,
                        "this is no version that Ignition accepts here; write one of " + IgnitionVersion.known());
            }
            return known;
        }
        return Optional.empty();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static JsonNode ignoringCase(JsonNode object, String key) {
        JsonNode found = object.path(key);
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            found = found.isMissingNode() && entry.getKey().equalsIgnoreCase(key) ? entry.getValue() : found;
        }
        return found;
    }

    private void object(ObjectType type, JsonNode node, ConfigPath path) {
        Subject subject = new Subject(node, path, version, remarks);
        type.rules().forEach(rule -> rule.check(subject));
        if (advising) {
            type.advice().forEach(rule -> rule.check(subject));
        }
        duplicates(type, node, path);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Field field = type.field(entry.getKey()).orElseThrow();
            JsonNode value = entry.getValue();
            if (field.type() instanceof ObjectType object && value.isObject()) {
                object(object, value, path.child(field.name()));
            } else if (field.type() instanceof ListType list && list.item() instanceof ObjectType item) {
                items(item, value, path.child(field.name()));
            }
        }
    }

    /** An entry that is null is an object without fields. */
    private void items(ObjectType type, JsonNode list, ConfigPath path) {
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            if (!item.isPojo()) {
                object(type, item, path.child(i));
            }
        }
    }

    private void duplicates(ObjectType type, JsonNode node, ConfigPath path) {
        Map<String, Set<String>> keys = new HashMap<>();
        for (Field field : type.fields()) {
            JsonNode list = node.path(field.name());
            if (field.type() instanceof ListType lists && lists.keySpace().isPresent() && !list.isEmpty()) {
                Set<String> taken = keys.computeIfAbsent(lists.keySpace().get(), space -> new HashSet<>());
                for (int i = 0; i < list.size(); i++) {
                    if (lists.hasKnownKey(list.get(i)) && !taken.add(lists.key(list.get(i)))) {
                        remarks.error(path.child(field.name()).child(i), "ignition.duplicate",
                                "there is an entry with the same key already, here or in a list beside it; keep one of them");
                    }
                }
            }
        }
    }
}

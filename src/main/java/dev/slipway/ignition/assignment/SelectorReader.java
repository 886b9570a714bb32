package dev.slipway.ignition.assignment;

import dev.slipway.failure.Failure.Invalid;
import dev.slipway.ignition.DeviceCondition;
import dev.slipway.ignition.YamlFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a group selects. */
final class SelectorReader {

    private static final Set<String> KEYS = new LinkedHashSet<>(List.of("labels", "serial", "model", "manufacturer", "devices", "when"));
    private static final int PATTERN_CHARS = 256;
    private static final int DEVICES = 10_000;

    private final YamlFile yaml;

    SelectorReader(YamlFile yaml) {
        this.yaml = yaml;
    }

    Selector read(Node select) {
        Map<String, Node> entries = yaml.mapping(select, KEYS, "'select'");
        return new Selector(
                labels(entries.get("labels")),
                glob(entries, "serial"),
                glob(entries, "model"),
                glob(entries, "manufacturer"),
                devices(entries.get("devices")),
                condition(entries.get("when")));
    }

    private Map<String, String> labels(Node node) {
        Map<String, String> labels = new HashMap<>();
        if (node != null) {
            yaml.mapping(node, "'labels'").forEach((name, value) -> {
                Names.labelComplaint(name).ifPresent(complaint -> yaml.error("label.name", value, complaint));
                yaml.text(value, "the label '" + name + "'").ifPresent(text -> {
                    Names.labelValueComplaint(text).ifPresent(complaint -> yaml.error("label.value", value, complaint));
                    labels.put(name, text);
                });
            });
        }
        return labels;
    }

    private Optional<Glob> glob(Map<String, Node> entries, String key) {
        Node node = entries.get(key);
        Optional<String> pattern = Optional.ofNullable(node).flatMap(given -> yaml.text(given, "'" + key + "'"));
        if (pattern.filter(text -> text.isEmpty() || text.length() > PATTERN_CHARS).isPresent()) {
            yaml.error("group.pattern", node, "the pattern has 1 to " + PATTERN_CHARS + " characters; * stands for any characters, ? for any one");
        }
        return pattern.map(Glob::new);
    }

    private Set<String> devices(Node node) {
        Set<String> devices = new HashSet<>();
        if (node != null) {
            List<Node> items = yaml.list(node, "'devices'");
            if (items.isEmpty() || items.size() > DEVICES) {
                yaml.error("group.devices", node, "the list has 1 to " + DEVICES + " devices; for more, use labels, or the table");
            }
            items.forEach(item -> yaml.text(item, "a device").ifPresent(device -> devices.add(DeviceNames.canonical(device))));
        }
        return devices;
    }

    private Optional<String> condition(Node node) {
        Optional<String> code = Optional.ofNullable(node).flatMap(given -> yaml.text(given, "'when'"));
        code.ifPresent(text -> {
            try {
                DeviceCondition.compile(text);
            } catch (Invalid e) {
                yaml.error("group.condition", node, e.getMessage());
            }
        });
        return code;
    }
}

package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A device that does not exist, and the values for it: what a profile is tried with.
 *
 * <pre>
 * device:
 *   guid: 7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60
 *   serial: EG400-000017
 *   model: EG-400
 *   manufacturer: Example Gateways
 *   labels: { region: north }
 * parameters:
 *   site: Store 17, back room
 * </pre>
 *
 * <p>Everything may be left out: a fact that is not there is the empty text.
 */
public record Sample(DeviceFacts device, ParameterValues values) {

    private static final String DEVICE = "device";
    private static final String PARAMETERS = "parameters";
    private static final List<String> FACTS = List.of("guid", "serial", "model", "manufacturer", "labels");

    /**
     * Reads one for a profile.
     *
     * @param file its name, for the findings
     * @param overrides values that replace those of the file, by parameter, each written as in YAML
     * @throws Failure.ConfigInvalid with everything wrong with it; the values are parsed for the profile's parameters
     */
    public static Sample parse(Profile profile, String file, Bytes yaml, Map<String, String> overrides) {
        Report report = new Report();
        YamlFile reader = new YamlFile(file, report);
        Map<String, Node> top = reader.read(yaml)
                .map(node -> reader.mapping(node, new LinkedHashSet<>(List.of(DEVICE, PARAMETERS)), "a sample"))
                .orElse(Map.of());
        DeviceFacts facts = Optional.ofNullable(top.get(DEVICE)).map(node -> facts(reader, node)).orElse(facts(Map.of(), Map.of()));
        Map<String, Node> given = Optional.ofNullable(top.get(PARAMETERS))
                .map(node -> reader.mapping(node, "the parameters of a sample"))
                .orElseGet(LinkedHashMap::new);
        overrides.forEach((name, value) -> new YamlFile("--param " + name, report)
                .read(Bytes.owning(value.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(node -> given.put(name, node)));
        report.throwIfFailed();
        ParameterValues values = ParameterValues.read(profile.parameters(), reader, given, file, report);
        report.throwIfFailed();
        return new Sample(facts, values);
    }

    private static DeviceFacts facts(YamlFile reader, Node device) {
        Map<String, Node> entries = reader.mapping(device, new LinkedHashSet<>(FACTS), "a device");
        Map<String, String> texts = texts(reader, entries, Set.copyOf(FACTS.subList(0, FACTS.size() - 1)));
        Map<String, String> labels = Optional.ofNullable(entries.get("labels"))
                .map(node -> reader.mapping(node, "the labels of a device"))
                .map(nodes -> texts(reader, nodes, nodes.keySet()))
                .orElse(Map.of());
        return facts(texts, labels);
    }

    private static Map<String, String> texts(YamlFile reader, Map<String, Node> entries, Set<String> names) {
        Map<String, String> texts = new LinkedHashMap<>();
        entries.forEach((name, node) -> {
            if (names.contains(name)) {
                reader.text(node, "'" + name + "'").ifPresent(text -> texts.put(name, text));
            }
        });
        return texts;
    }

    private static DeviceFacts facts(Map<String, String> texts, Map<String, String> labels) {
        return new DeviceFacts(texts.getOrDefault("guid", ""), texts.getOrDefault("serial", ""), texts.getOrDefault("model", ""),
                texts.getOrDefault("manufacturer", ""), labels);
    }
}

package dev.slipway.ignition.assignment;

import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.YamlFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the {@code profile}, {@code parameters} and {@code secrets} of a document. */
final class GivenReader {

    static final String PROFILE = "profile";
    static final String PARAMETERS = "parameters";
    static final String SECRETS = "secrets";

    /** Of one group or device. */
    private static final int MAX_PARAMETERS = 500;

    private final YamlFile yaml;

    GivenReader(YamlFile yaml) {
        this.yaml = yaml;
    }

    Optional<String> profile(Map<String, Node> entries) {
        Optional<String> name = Optional.ofNullable(entries.get(PROFILE)).flatMap(node -> yaml.text(node, "the profile"));
        name.flatMap(Names::profileComplaint).ifPresent(complaint -> yaml.error("group.profile", entries.get(PROFILE), complaint));
        return name;
    }

    GivenParameters parameters(Map<String, Node> entries) {
        Map<String, ParameterValue> open = values(entries, PARAMETERS);
        Map<String, ParameterValue> secret = values(entries, SECRETS);
        secret.keySet().stream().filter(open::containsKey).forEach(name -> yaml.error(
                "parameter.duplicate", entries.get(SECRETS), "'" + name + "' is given twice, openly and as a secret; keep one of them"));
        return new GivenParameters(open, secret);
    }

    private Map<String, ParameterValue> values(Map<String, Node> entries, String section) {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        Node node = entries.get(section);
        if (node == null) {
            return values;
        }
        yaml.mapping(node, "'" + section + "'").forEach((name, value) -> {
            Names.parameterComplaint(name).ifPresent(complaint -> yaml.error("parameter.name", value, complaint));
            yaml.given(value, "the value of '" + name + "'").ifPresent(given -> values.put(name, given));
        });
        if (values.size() > MAX_PARAMETERS) {
            yaml.error("parameter.too-many", node, "there are more than " + MAX_PARAMETERS + " parameters");
        }
        return values;
    }
}

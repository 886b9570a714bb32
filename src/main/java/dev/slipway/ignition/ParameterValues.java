package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** A value for every parameter that a profile declares. */
public final class ParameterValues {

    private final List<ParameterDeclaration> declarations;
    private final Map<String, ParameterValue> values;

    private ParameterValues(List<ParameterDeclaration> declarations, Map<String, ParameterValue> values) {
        this.declarations = List.copyOf(declarations);
        this.values = Map.copyOf(values);
    }

    /** As {@link #parse(List, String, Bytes)}, for a file called {@code parameters.yaml}. */
    public static ParameterValues parse(List<ParameterDeclaration> declarations, Bytes yaml) {
        return parse(declarations, ProfileSource.PARAMETERS, yaml);
    }

    /**
     * Reads one mapping from names to values.
     *
     * @param name of the file, for the findings
     * @throws Failure.ConfigInvalid with everything wrong: no YAML, an unknown parameter, a missing one, a value of another type
     */
    public static ParameterValues parse(List<ParameterDeclaration> declarations, String name, Bytes yaml) {
        Report report = new Report();
        YamlFile file = new YamlFile(name, report);
        Optional<Node> top = file.read(yaml);
        report.throwIfFailed();
        Map<String, Node> entries = top.map(node -> file.mapping(node, "the document")).orElse(new LinkedHashMap<>());
        ParameterValues values = read(declarations, file, entries, name, report);
        report.throwIfFailed();
        return values;
    }

    /** @param entries names and values, of which none is left; what is wrong with them goes to the report */
    static ParameterValues read(
            List<ParameterDeclaration> declarations, YamlFile file, Map<String, Node> entries, String name, Report report) {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        for (ParameterDeclaration declaration : declarations) {
            value(declaration, Optional.ofNullable(entries.remove(declaration.name())), file, name, report)
                    .ifPresent(value -> values.put(declaration.name(), value));
        }
        entries.forEach((unknown, node) -> file.error("parameter.unknown", node, "the profile declares no parameter '" + unknown
                + "'; remove it, or correct its name: " + declarations.stream().map(ParameterDeclaration::name).toList()));
        return new ParameterValues(declarations, values);
    }

    private static Optional<ParameterValue> value(
            ParameterDeclaration declaration, Optional<Node> given, YamlFile file, String name, Report report) {
        if (given.isPresent()) {
            Optional<ParameterValue> value = file.value(given.get(), declaration.type(), "the parameter '" + declaration.name() + "'");
            if (value.filter(v -> v.equals(new ParameterValue.Text(""))).isPresent() && declaration.required()) {
                file.error("parameter.missing", given.get(), "the parameter '" + declaration.name() + "' is required and must not be empty");
            }
            return value;
        }
        if (declaration.required()) {
            report.error("parameter.missing", name, "the parameter '" + declaration.name() + "' is required; add a line '"
                    + declaration.name() + ": …' with " + declaration.type().inWords());
            return Optional.empty();
        }
        return declaration.defaultValue();
    }

    Map<String, ParameterValue> values() {
        return values;
    }

    boolean isFor(List<ParameterDeclaration> other) {
        return declarations.equals(other);
    }

    /** The names only. */
    @Override
    public String toString() {
        return "ParameterValues" + values.keySet();
    }
}

package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.Node;

/** A value for every parameter that a profile declares. */
public final class ParameterValues {

    private static final ParameterValue EMPTY = new ParameterValue.Text("");

    private final List<ParameterDeclaration> declarations;
    private final Map<String, ParameterValue> values;
    private final Set<String> secret;

    private ParameterValues(List<ParameterDeclaration> declarations, Map<String, ParameterValue> values, Set<String> secret) {
        this.declarations = List.copyOf(declarations);
        this.values = Map.copyOf(values);
        this.secret = Set.copyOf(secret);
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
        return parse(declarations, name, yaml, unknown -> false);
    }

    /**
     * The same for a file that several profiles share.
     *
     * @param elsewhere whether another profile declares a parameter of this name
     */
    public static ParameterValues parse(List<ParameterDeclaration> declarations, String name, Bytes yaml, Predicate<String> elsewhere) {
        Report report = new Report();
        YamlFile file = new YamlFile(name, report);
        Optional<Node> top = file.read(yaml);
        report.throwIfFailed();
        Map<String, Node> entries = top.map(node -> file.mapping(node, "the document")).orElse(new LinkedHashMap<>());
        Map<String, Node> known = new LinkedHashMap<>(entries);
        known.keySet().removeIf(parameter -> isForOthers(parameter, declarations, elsewhere));
        ParameterValues values = read(declarations, file, known, name, report);
        report.throwIfFailed();
        return values;
    }

    private static boolean isForOthers(String parameter, List<ParameterDeclaration> declarations, Predicate<String> elsewhere) {
        return declarations.stream().noneMatch(declaration -> declaration.name().equals(parameter)) && elsewhere.test(parameter);
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
        return new ParameterValues(declarations, values, Set.of());
    }

    /**
     * What such a file gives, as it is written.
     *
     * @throws Failure.ConfigInvalid if it is no mapping of names to texts, or to lists of texts
     */
    public static Map<String, ParameterValue> given(String name, Bytes yaml) {
        Report report = new Report();
        YamlFile file = new YamlFile(name, report);
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        file.read(yaml).map(node -> file.mapping(node, "the document")).orElse(Map.of()).forEach((parameter, node) ->
                file.given(node, "the parameter '" + parameter + "'").ifPresent(value -> values.put(parameter, value)));
        report.throwIfFailed();
        return values;
    }

    /**
     * Gives each parameter the value of its type that {@code given} has for it, or its default; what no declaration names is left out.
     *
     * @param profile that declares them, for the findings
     * @param secret names of values that are secret, whether or not they are declared so
     */
    static ParameterValues of(
            String profile, List<ParameterDeclaration> declarations, Map<String, ParameterValue> given, Set<String> secret, Report report) {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        for (ParameterDeclaration declaration : declarations) {
            Optional<ParameterValue> written = Optional.ofNullable(given.get(declaration.name()));
            Optional<ParameterValue> value = written.flatMap(declaration::accept);
            if (written.isPresent() && value.isEmpty()) {
                report.error("parameter.type", declaration.name(), "the profile " + profile + " wants " + declaration.inWords() + " here");
            } else if (declaration.required() && value.filter(v -> !v.equals(EMPTY)).isEmpty()) {
                report.error("parameter.missing", declaration.name(), "the profile " + profile + " requires this parameter; give it to the device,"
                        + " to a group of it, in the table of devices, or in the installation's parameters.yaml");
            } else {
                value.or(declaration::defaultValue).ifPresent(v -> values.put(declaration.name(), v));
            }
        }
        return new ParameterValues(declarations, values, secret);
    }

    private static Optional<ParameterValue> value(
            ParameterDeclaration declaration, Optional<Node> given, YamlFile file, String name, Report report) {
        if (given.isPresent()) {
            Optional<ParameterValue> value = file.value(given.get(), declaration.type(), "the parameter '" + declaration.name() + "'");
            if (value.filter(v -> v.equals(EMPTY)).isPresent() && declaration.required()) {
                file.error("parameter.missing", given.get(), "the parameter '" + declaration.name() + "' is required and must not be empty");
            } else if (value.filter(v -> !declaration.fits(v)).isPresent()) {
                file.error("parameter.pattern", given.get(), "the parameter '" + declaration.name() + "' must be " + declaration.inWords());
            }
            return value;
        }
        if (declaration.required()) {
            report.error("parameter.missing", name, "the parameter '" + declaration.name() + "' is required; add a line '"
                    + declaration.name() + ": …' with " + declaration.inWords());
            return Optional.empty();
        }
        return declaration.defaultValue();
    }

    Map<String, ParameterValue> values() {
        return values;
    }

    /** Names of those that were given as secrets. */
    Set<String> secret() {
        return secret;
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

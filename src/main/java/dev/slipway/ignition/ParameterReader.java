package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the declarations of a profile.
 *
 * <pre>
 * - name: site
 *   type: string         # string, integer, boolean, strings
 *   required: false      # default: false
 *   secret: false        # default: false
 *   pattern: "[a-z]+"    # what a text, or each of a list, must match as a whole; default: anything
 *   default: unassigned
 *   description: Where the gateway stands.
 * </pre>
 */
final class ParameterReader {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Set<String> KEYS =
            new LinkedHashSet<>(List.of("name", "type", "required", "secret", "pattern", "default", "description"));

    private final YamlFile yaml;
    private final Report report;
    private final Set<String> names = new LinkedHashSet<>();

    private ParameterReader(Report report) {
        this.report = report;
        this.yaml = new YamlFile(ProfileSource.PARAMETERS, report);
    }

    /** What could be read; everything else was reported. */
    static List<ParameterDeclaration> read(Bytes octets, Report report) {
        ParameterReader reader = new ParameterReader(report);
        List<ParameterDeclaration> declarations = new ArrayList<>();
        for (Node item : reader.yaml.read(octets).map(top -> reader.yaml.list(top, "the document")).orElse(List.of())) {
            reader.declaration(item).ifPresent(declarations::add);
        }
        if (declarations.size() > Limits.PARAMETERS) {
            report.error("parameter.too-many", ProfileSource.PARAMETERS, "there are more than " + Limits.PARAMETERS + " parameters");
        }
        return declarations;
    }

    private Optional<ParameterDeclaration> declaration(Node item) {
        Map<String, Node> entries = yaml.mapping(item, KEYS, "a parameter");
        Optional<String> name = required(item, entries, "name").filter(text -> isName(entries.get("name"), text));
        Optional<ParameterType> type = required(item, entries, "type").flatMap(word -> type(entries.get("type"), word));
        Optional<String> description = required(item, entries, "description");
        if (name.isEmpty() || type.isEmpty() || description.isEmpty()) {
            return Optional.empty();
        }
        boolean required = flag(entries, "required");
        boolean secret = flag(entries, "secret");
        Optional<ParameterValue> defaultValue =
                Optional.ofNullable(entries.get("default")).flatMap(node -> yaml.value(node, type.get(), "the default of a " + type.get().word()));
        Optional<Pattern> pattern = Optional.ofNullable(entries.get("pattern")).flatMap(node -> pattern(node, type.get()));
        ParameterDeclaration declaration =
                new ParameterDeclaration(name.get(), type.get(), required, secret, pattern, defaultValue, description.get());
        check(declaration, item, entries.containsKey("default"));
        return Optional.of(declaration);
    }

    private void check(ParameterDeclaration declaration, Node item, boolean hasDefault) {
        if (!names.add(declaration.name())) {
            yaml.error("parameter.duplicate", item, "the parameter '" + declaration.name() + "' is declared twice");
        }
        if (!declaration.required() && !hasDefault) {
            yaml.error("parameter.default-missing", item, "the parameter '" + declaration.name()
                    + "' is not required, so it needs a default; an empty one will do");
        }
        if (declaration.defaultValue().filter(value -> !declaration.fits(value)).isPresent()) {
            yaml.error("parameter.pattern", item, "the default of '" + declaration.name() + "' does not match its pattern");
        }
        if (declaration.secret() && declaration.type() != ParameterType.STRING) {
            yaml.error("parameter.secret-type", item, "a secret must be of type string");
        }
        if (declaration.secret() && declaration.defaultValue().filter(value -> !value.equals(new ParameterValue.Text(""))).isPresent()) {
            yaml.error("parameter.secret-default", item, "a secret must not stand in a profile: remove its default and make it required,"
                    + " then every installation gets a value of its own");
        }
    }

    private Optional<Pattern> pattern(Node node, ParameterType type) {
        if (type != ParameterType.STRING && type != ParameterType.STRINGS) {
            yaml.error("parameter.pattern", node, "only a string, or a list of strings, has a pattern");
        }
        try {
            return yaml.text(node, "the pattern of a parameter").map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            yaml.error("parameter.pattern", node, "this is no regular expression of Java: " + e.getDescription());
            return Optional.empty();
        }
    }

    private boolean isName(Node node, String text) {
        boolean good = NAME.matcher(text).matches();
        if (!good) {
            yaml.error("parameter.name", node, "the name of a parameter consists of a-z, 0-9 and _, starts with a letter, and has at most 63"
                    + " characters");
        }
        return good;
    }

    private Optional<ParameterType> type(Node node, String word) {
        Optional<ParameterType> type = ParameterType.find(word);
        if (type.isEmpty()) {
            yaml.error("parameter.type", node, "the type of a parameter is one of " + ParameterType.known());
        }
        return type;
    }

    private Optional<String> required(Node item, Map<String, Node> entries, String key) {
        Node node = entries.get(key);
        if (node == null) {
            yaml.error("parameter.incomplete", item, "the parameter lacks its '" + key + "'");
            return Optional.empty();
        }
        return yaml.text(node, "the " + key + " of a parameter");
    }

    private boolean flag(Map<String, Node> entries, String key) {
        return entries.containsKey(key) && yaml.flag(entries.get(key), "'" + key + "'");
    }
}

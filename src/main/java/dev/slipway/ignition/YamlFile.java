package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * One YAML document, read by the type that the reader asks for: the text {@code 0123} stays a text where a text is wanted.
 *
 * <p>Findings carry {@code file:line:column}. Aliases are not followed into a depth of their own: readers descend a known shape.
 */
public final class YamlFile {

    private final String name;
    private final Report report;

    public YamlFile(String name, Report report) {
        this.name = name;
        this.report = report;
    }

    /** The top of the document; empty when there is none, which is no error yet, or when it is no YAML, which was reported. */
    public Optional<Node> read(Bytes octets) {
        return compose(octets, (compose, text) -> compose.composeString(text)).flatMap(node -> node);
    }

    /** The top of each document of a file that may hold several. */
    public List<Node> readAll(Bytes octets) {
        return compose(octets, (compose, text) -> {
            List<Node> tops = new ArrayList<>();
            compose.composeAllFromString(text).forEach(tops::add);
            return tops;
        }).orElse(List.of());
    }

    private <T> Optional<T> compose(Bytes octets, BiFunction<Compose, String, T> composition) {
        Optional<String> text = Utf8.read(name, octets, report);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(0)
                .setAllowNonScalarKeys(true)
                .setCodePointLimit(Limits.DOCUMENT_BYTES)
                .build();
        try {
            return Optional.of(composition.apply(new Compose(settings), text.get()));
        } catch (MarkedYamlEngineException e) {
            report.error("yaml.syntax", e.getProblemMark().map(this::where).orElse(name), "this is not valid YAML: " + kindOf(e));
        } catch (YamlEngineException e) {
            report.error("yaml.syntax", name, "this is not valid YAML, or its collections refer to each other");
        }
        return Optional.empty();
    }

    /** The parser's words, except where they would quote what may be a secret. */
    private static String kindOf(MarkedYamlEngineException e) {
        return e.getProblem().startsWith("found undefined") ? "put a text that starts with * or ! in quotes" : e.getProblem();
    }

    public void error(String id, Node node, String message) {
        report.error(id, node.getStartMark().map(this::where).orElse(name), message);
    }

    /** What an author should look at, although the document can be used. */
    public void warning(String id, Node node, String message) {
        report.warning(id, node.getStartMark().map(this::where).orElse(name), message);
    }

    /** The entries of a mapping whose keys are all among {@code known}; a key twice is an error. */
    public Map<String, Node> mapping(Node node, Set<String> known, String what) {
        Map<String, Node> entries = mapping(node, what);
        for (String key : Set.copyOf(entries.keySet())) {
            if (!known.contains(key)) {
                error("yaml.unknown-key", entries.remove(key), "the key '" + key + "' is not known in " + what + "; known are " + known);
            }
        }
        return entries;
    }

    public Map<String, Node> mapping(Node node, String what) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            error("yaml.type", node, what + " must be a mapping of names to values");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                error("yaml.type", tuple.getKeyNode(), "a name must be a plain text");
            } else if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                error("yaml.duplicate-key", key, "the key '" + key.getValue() + "' is given twice; keep one of them");
            }
        }
        return entries;
    }

    public List<Node> list(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        error("yaml.type", node, what + " must be a list");
        return List.of();
    }

    /** Any scalar but null, as it is written. */
    public Optional<String> text(Node node, String what) {
        return value(node, ParameterType.STRING, what).map(value -> ((ParameterValue.Text) value).text());
    }

    boolean flag(Node node, String what) {
        return value(node, ParameterType.BOOLEAN, what).map(value -> ((ParameterValue.Flag) value).on()).orElse(false);
    }

    /** A value of the wanted type; reported and empty if it has another one. */
    public Optional<ParameterValue> value(Node node, ParameterType type, String what) {
        Optional<ParameterValue> value = switch (type) {
            case STRING -> scalar(node).filter(s -> !isNull(s)).map(s -> new ParameterValue.Text(s.getValue()));
            case INTEGER -> scalar(node).filter(s -> isPlain(s) && s.getValue().matches("-?[0-9]{1,18}"))
                    .map(s -> new ParameterValue.Whole(Long.parseLong(s.getValue())));
            case BOOLEAN -> scalar(node).filter(s -> isPlain(s) && s.getValue().matches("true|false"))
                    .map(s -> new ParameterValue.Flag(s.getValue().equals("true")));
            case STRINGS -> texts(node);
        };
        if (value.isEmpty()) {
            error("yaml.type", node, what + " must be " + type.inWords());
        }
        return value;
    }

    /** A text, or a list of them, for a parameter whose type is not known here. */
    public Optional<ParameterValue> given(Node node, String what) {
        return value(node, node instanceof SequenceNode ? ParameterType.STRINGS : ParameterType.STRING, what);
    }

    private Optional<ParameterValue> texts(Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            scalar(item).filter(s -> !isNull(s)).ifPresent(s -> texts.add(s.getValue()));
        }
        return texts.size() == sequence.getValue().size() ? Optional.of(new ParameterValue.Texts(texts)) : Optional.empty();
    }

    private static Optional<ScalarNode> scalar(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar) : Optional.empty();
    }

    private static boolean isPlain(ScalarNode scalar) {
        return scalar.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private static boolean isNull(ScalarNode scalar) {
        return isPlain(scalar) && scalar.getValue().matches("|~|null|Null|NULL");
    }

    private String where(Mark mark) {
        return name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}

package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.ignition.butane.Shape.Items;
import dev.slipway.ignition.butane.Shape.Section;
import dev.slipway.ignition.butane.Shape.Value;
import dev.slipway.ignition.spec.ConfigPath;
import dev.slipway.ignition.spec.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Binds YAML nodes to the types of a {@link Shape}: texts, whole numbers, truth values, lists and objects in Butane's spelling. Null stays
 * null, so that the items of a list keep their numbers.
 */
final class Binder {

    /** Values of one config, anchors counted as often as they are used: stops a small document that stands for a huge one. */
    private static final int VALUES = 100_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Markup markup;
    private final SourceReport report;
    private final Positions positions;
    private int values;

    /** @param positions gets an entry for every value */
    Binder(Markup markup, SourceReport report, Positions positions) {
        this.markup = markup;
        this.report = report;
        this.positions = positions;
    }

    /** What cannot be bound is reported, and null. */
    JsonNode bind(Node node, Shape shape, ConfigPath at) {
        positions.put(at, node);
        if (++values > VALUES) {
            if (values == VALUES + 1) {
                report.error("yaml.unsupported", Positions.of(node), "the config has more than " + VALUES + " values, with every use of an anchor");
            }
            return NullNode.instance;
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, shape);
        }
        return switch (shape) {
            case Items items when node instanceof SequenceNode sequence -> items(sequence, items, at);
            case Section section when node instanceof MappingNode mapping -> section(mapping, section, at);
            default -> mismatch(node, shape);
        };
    }

    private JsonNode scalar(ScalarNode scalar, Shape shape) {
        if (Scalars.isNull(scalar)) {
            return NullNode.instance;
        }
        if (markup.isExpression(scalar.getValue())) {
            return text(scalar);
        }
        if (!(shape instanceof Value value)) {
            return mismatch(scalar, shape);
        }
        Optional<? extends JsonNode> bound = switch (value.type()) {
            case TEXT -> Optional.of(text(scalar));
            case WHOLE -> Scalars.whole(scalar).map(LongNode::valueOf);
            case FLAG -> Scalars.flag(scalar).map(BooleanNode::valueOf);
        };
        if (bound.isEmpty() && value.type() == FieldType.Scalar.WHOLE && Scalars.isFraction(scalar)) {
            report.error("butane.fraction", Positions.of(scalar), "this must be a whole number; Butane would drop the fraction in silence");
            return NullNode.instance;
        }
        return bound.isPresent() ? bound.get() : mismatch(scalar, shape);
    }

    private JsonNode text(ScalarNode scalar) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(scalar.getValue())) {
            report.error("butane.type", Positions.of(scalar), "the text holds half of a surrogate pair, which is no character");
            return NullNode.instance;
        }
        return TextNode.valueOf(scalar.getValue());
    }

    private ArrayNode items(SequenceNode sequence, Items shape, ConfigPath at) {
        ArrayNode items = NODES.arrayNode();
        for (Node item : sequence.getValue()) {
            items.add(bind(item, shape.item(), at.child(items.size())));
        }
        return items;
    }

    private ObjectNode section(MappingNode mapping, Section shape, ConfigPath at) {
        ObjectNode object = NODES.objectNode();
        Entries.of(mapping, report).forEach((key, entry) -> {
            Optional<Shape.Field> field = shape.field(key);
            if (field.isPresent()) {
                object.set(key, bind(entry.value(), field.get().shape(), at.child(key)));
            } else if (markup.isDirective(key)) {
                object.set(key, bind(entry.value(), new Value(FieldType.Scalar.TEXT), at.child(key)));
            } else {
                report.error("butane.unknown-key", Positions.of(entry.key()), "'" + key + "' is not known here, so it would have no effect; known are "
                        + shape.fields().keySet().stream().sorted().toList());
            }
        });
        return object;
    }

    private JsonNode mismatch(Node node, Shape shape) {
        boolean braces = node instanceof MappingNode mapping && !mapping.getValue().isEmpty()
                && mapping.getValue().getFirst().getKeyNode() instanceof MappingNode;
        report.error("butane.type", Positions.of(node), braces ? "put an expression in quotes: \"{{ … }}\""
                : "this must be " + shape.inWords() + ", not " + inWords(node));
        return NullNode.instance;
    }

    private static String inWords(Node node) {
        return switch (node) {
            case ScalarNode scalar -> "this text";
            case SequenceNode sequence -> "a list";
            default -> "a mapping";
        };
    }
}

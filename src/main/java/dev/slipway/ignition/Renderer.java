package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.ignition.TemplateNode.Piece;
import dev.slipway.ignition.spec.DataUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pass over a template for one device. What secret parameters yield is either written or masked; conditions always see it. */
final class Renderer {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, Object> variables;
    private final Masking masking;
    private final boolean keepingPlaces;
    private final Report report;
    private final Repetitions repetitions;

    Renderer(Map<String, Object> variables, Masking masking, Report report) {
        this(variables, masking, false, report, new Repetitions());
    }

    private Renderer(
            Map<String, Object> variables, Masking masking, boolean keepingPlaces, Report report, Repetitions repetitions) {
        this.variables = variables;
        this.masking = masking;
        this.keepingPlaces = keepingPlaces;
        this.report = report;
        this.repetitions = repetitions;
    }

    /** One that leaves null in a list for an item that is dropped, so that the others keep their indexes. */
    static Renderer keepingPlaces(Map<String, Object> variables, Masking masking, Report report) {
        return new Renderer(variables, masking, true, report, new Repetitions());
    }

    private Renderer withItem(Object item) {
        Map<String, Object> inside = new HashMap<>(variables);
        inside.put(ExpressionCompiler.ITEM, item);
        return new Renderer(inside, masking, keepingPlaces, report, repetitions);
    }

    Repetitions repetitions() {
        return repetitions;
    }

    /** Empty where a condition drops the node, or where it has no value, which is then in the report. */
    Optional<JsonNode> render(TemplateNode node, String at) {
        return switch (node) {
            case TemplateNode.Fixed fixed -> Optional.of(fixed.value());
            case TemplateNode.Whole whole -> masking.hides(whole.expression())
                    ? Optional.of(TextNode.valueOf(ParameterValue.MASK)) : whole(whole, at);
            case TemplateNode.Joined joined -> join(joined.pieces(), at).map(TextNode::valueOf);
            case TemplateNode.Inline inline -> join(inline.pieces(), at).map(text -> TextNode.valueOf(DataUrl.encode(text)));
            case TemplateNode.Items items -> Optional.of(items(items, at));
            case TemplateNode.Repeated repeated -> throw new IllegalStateException("a repeated item outside of a list");
            case TemplateNode.Entries entries -> holds(entries, at) ? Optional.of(entries(entries, at)) : Optional.empty();
        };
    }

    private ArrayNode items(TemplateNode.Items items, String at) {
        ArrayNode array = NODES.arrayNode();
        List<Integer> of = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            String itemAt = Pointer.child(at, i);
            switch (items.items().get(i)) {
                case TemplateNode.Repeated repeated -> {
                    for (Object value : values(repeated.each(), itemAt)) {
                        add(withItem(value).render(repeated.item(), itemAt), array);
                    }
                    repetitions.put(array, of);
                }
                case TemplateNode item -> add(render(item, itemAt), array);
            }
            while (of.size() < array.size()) {
                of.add(i);
            }
        }
        return array;
    }

    private void add(Optional<JsonNode> item, ArrayNode array) {
        if (item.isPresent() || keepingPlaces) {
            array.add(item.orElse(NODES.nullNode()));
        }
    }

    private List<?> values(Expression each, String at) {
        Optional<Object> value = evaluate(each, Pointer.child(at, "$each"));
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof List<?> list)) {
            report.error("render.value-type", at, "the expression of $each must yield a list");
            return List.of();
        }
        if (!repetitions.admit(list.size())) {
            report.error("render.too-many", at, "the items that are repeated come to more than " + Limits.REPETITIONS);
            return List.of();
        }
        return list;
    }

    private ObjectNode entries(TemplateNode.Entries entries, String at) {
        ObjectNode object = NODES.objectNode();
        entries.entries().forEach((key, value) -> render(value, Pointer.child(at, key)).ifPresent(node -> object.set(key, node)));
        return object;
    }

    private boolean holds(TemplateNode.Entries entries, String at) {
        return entries.when().isEmpty()
                || evaluate(entries.when().get(), Pointer.child(at, "$when")).filter(Boolean.TRUE::equals).isPresent();
    }

    private Optional<JsonNode> whole(TemplateNode.Whole whole, String at) {
        Optional<Object> value = evaluate(whole.expression(), at);
        if (value.isPresent() && value.get() instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            for (Object item : list) {
                scalar(item, whole.items(), at).ifPresent(array::add);
            }
            return Optional.of(array);
        }
        return value.flatMap(scalar -> scalar(scalar, whole.rule(), at));
    }

    private Optional<JsonNode> scalar(Object value, ValueRule rule, String at) {
        return switch (value) {
            case String text -> fitted(text, rule, at).map(TextNode::valueOf);
            case Boolean flag -> Optional.of(BooleanNode.valueOf(flag));
            case Long number -> Optional.of(LongNode.valueOf(number));
            case Double number when Double.isFinite(number) -> Optional.of(DoubleNode.valueOf(number));
            default -> {
                unwritable(at);
                yield Optional.empty();
            }
        };
    }

    private Optional<String> join(List<Piece> pieces, String at) {
        StringBuilder text = new StringBuilder();
        boolean complete = true;
        for (Piece piece : pieces) {
            Optional<String> part = switch (piece) {
                case Piece.Words words -> Optional.of(words.text());
                case Piece.Code code -> masking.hides(code.expression()) ? Optional.of(ParameterValue.MASK)
                        : evaluate(code.expression(), at).flatMap(value -> asText(value, at)).flatMap(value -> fitted(value, code.rule(), at));
            };
            part.ifPresent(text::append);
            complete &= part.isPresent();
        }
        return complete ? Optional.of(text.toString()) : Optional.empty();
    }

    private Optional<String> asText(Object value, String at) {
        return switch (value) {
            case String text -> Optional.of(text);
            case Boolean flag -> Optional.of(flag.toString());
            case Long number -> Optional.of(number.toString());
            case Double number when Double.isFinite(number) -> Optional.of(number.toString());
            default -> {
                unwritable(at);
                yield Optional.empty();
            }
        };
    }

    private void unwritable(String at) {
        report.error("render.value-type", at, "the expression yields a value that cannot be written here; it must be a text, a whole number,"
                + " a finite decimal number or a truth value");
    }

    private Optional<String> fitted(String value, ValueRule rule, String at) {
        Optional<String> complaint = value.length() > Limits.VALUE_CHARS
                ? Optional.of("the value has more than " + Limits.VALUE_CHARS + " characters") : rule.complaint(value);
        complaint.ifPresent(text -> report.error("render.value-refused", at, text));
        return complaint.isPresent() ? Optional.empty() : Optional.of(rule.write(value));
    }

    private Optional<Object> evaluate(Expression expression, String at) {
        try {
            return Optional.of(expression.evaluate(variables, masking.covers(expression)));
        } catch (Expression.NoValue e) {
            report.error("render.no-value", at, e.getMessage());
            return Optional.empty();
        }
    }
}

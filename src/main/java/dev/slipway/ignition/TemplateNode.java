package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A template after linting: JSON whose strings may hold compiled expressions. Immutable. */
sealed interface TemplateNode {

    /** A number, a truth value, null, or a string without expressions. */
    record Fixed(JsonNode value) implements TemplateNode {}

    /** A string that is exactly one expression, and so takes the type of its value; {@code items} rules the texts of a list. */
    record Whole(Expression expression, ValueRule rule, ValueRule items) implements TemplateNode {}

    /** A string with expressions in it. */
    record Joined(List<Piece> pieces) implements TemplateNode {}

    /** {@code contents.inline}: text that becomes a data URL. */
    record Inline(List<Piece> pieces) implements TemplateNode {}

    record Items(List<TemplateNode> items) implements TemplateNode {}

    /** An item of a list that stands there once for each value of a list; {@code item} sees that value by its name. */
    record Repeated(Expression each, Entries item) implements TemplateNode {}

    /** The entries keep their order. */
    record Entries(Optional<Expression> when, Map<String, TemplateNode> entries) implements TemplateNode {}

    sealed interface Piece {
        record Words(String text) implements Piece {}

        record Code(Expression expression, ValueRule rule) implements Piece {}
    }
}

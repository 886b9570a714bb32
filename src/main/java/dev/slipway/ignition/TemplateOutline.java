package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.ignition.spec.ConditionalObject;

/**
 * The config with every condition true, every repeated item once, and a POJO node for every value not known yet, so that keys, types and rules are checked when
 * linting.
 */
final class TemplateOutline {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TemplateOutline() {}

    static JsonNode of(TemplateNode node) {
        return switch (node) {
            case TemplateNode.Fixed fixed -> fixed.value();
            case TemplateNode.Whole whole -> NODES.pojoNode(whole);
            case TemplateNode.Joined joined -> NODES.pojoNode(joined);
            case TemplateNode.Inline inline -> TextNode.valueOf("data:,");
            case TemplateNode.Items items -> {
                ArrayNode array = NODES.arrayNode();
                items.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case TemplateNode.Repeated(Expression each, TemplateNode.Entries item) -> entries(item, new ConditionalObject());
            case TemplateNode.Entries entries -> entries(entries, entries.when().isPresent() ? new ConditionalObject() : NODES.objectNode());
        };
    }

    private static ObjectNode entries(TemplateNode.Entries entries, ObjectNode object) {
        entries.entries().forEach((key, value) -> object.set(key, of(value)));
        return object;
    }
}

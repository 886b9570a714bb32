package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ignition.butane.Shape.Field;
import dev.slipway.ignition.butane.Shape.Items;
import dev.slipway.ignition.butane.Shape.Section;
import dev.slipway.ignition.spec.ConditionalObject;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.Map;

/** Field by field from Butane's names to Ignition's, contents included; whatever else Butane adds of its own is left out. */
final class Translation {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Contents contents;
    private final Trail trail;

    private Translation(Contents contents, Trail trail) {
        this.contents = contents;
        this.trail = trail;
    }

    static Translated of(ButaneConfig config, JsonNode tree, Assets assets, SourceReport report) {
        Translated translated = Translated.empty(config.dialect());
        Trail trail = translated.trail();
        Translation translation = new Translation(new Contents(config.dialect(), assets, trail, report), trail);
        translation.section(config.shape(), tree, translated.config(), ConfigPath.ROOT, ConfigPath.ROOT);
        return translated;
    }

    /** Adds to {@code target}, which may have something in it already. */
    private void section(Section shape, JsonNode source, ObjectNode target, ConfigPath from, ConfigPath to) {
        for (Map.Entry<String, JsonNode> entry : source.properties()) {
            Field field = shape.fields().get(entry.getKey());
            if (field != null && field.translated().isPresent() && !isZeroOfPartition(entry)) {
                String name = field.translated().get();
                JsonNode below = target.path(name);
                Translated.put(target, name, value(field.shape(), entry.getValue(), below, from.child(entry.getKey()), to.child(name)));
            }
        }
        contents.add(source, from, target, to);
    }

    /** A number that says that there is none, and that Butane leaves out. */
    private static boolean isZeroOfPartition(Map.Entry<String, JsonNode> entry) {
        return entry.getKey().equals("number") && entry.getValue().isIntegralNumber() && entry.getValue().longValue() == 0;
    }

    private JsonNode value(Shape shape, JsonNode source, JsonNode below, ConfigPath from, ConfigPath to) {
        return switch (shape) {
            case Section section when source.isObject() -> {
                ObjectNode object = below.isObject() ? (ObjectNode) below : like(source);
                section(section, source, object, from, to);
                yield object;
            }
            case Items items when source.isArray() -> items(items, source, from, to);
            default -> source;
        };
    }

    private static ObjectNode like(JsonNode source) {
        return source instanceof ConditionalObject ? new ConditionalObject() : NODES.objectNode();
    }

    private ArrayNode items(Items shape, JsonNode source, ConfigPath from, ConfigPath to) {
        ArrayNode items = NODES.arrayNode();
        for (int i = 0; i < source.size(); i++) {
            if (!source.get(i).isNull()) {
                if (i != items.size()) {
                    trail.put(to.child(items.size()), from.child(i));
                }
                items.add(value(shape.item(), source.get(i), NODES.missingNode(), from.child(i), to.child(items.size())));
            }
        }
        return items;
    }
}

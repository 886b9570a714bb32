package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ignition.butane.Shape.Items;
import dev.slipway.ignition.butane.Shape.Section;
import dev.slipway.ignition.butane.Shape.Value;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.Map;

/** Whether a tree still has the types of its shape, after something was put in place of expressions. */
final class ShapeChecks {

    private ShapeChecks() {}

    /** A node of type POJO stands for what is not known yet: a value, or a list of values, but no more. */
    static void check(JsonNode node, Shape shape, ConfigPath at, SourceReport report) {
        if (node.isNull()) {
            return;
        }
        boolean fits = node.isPojo() ? !(shape instanceof Section) && !(shape instanceof Items(Section item)) : switch (shape) {
            case Items items -> node.isArray();
            case Section section -> node.isObject();
            case Value value -> switch (value.type()) {
                case TEXT -> node.isTextual();
                case WHOLE -> node.isIntegralNumber() && node.canConvertToLong();
                case FLAG -> node.isBoolean();
            };
        };
        if (!fits) {
            report.error("butane.type", at, "this must be " + shape.inWords() + "; the expression yields something else");
        } else if (shape instanceof Items items) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), items.item(), at.child(i), report);
            }
        } else if (shape instanceof Section section) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                section.field(entry.getKey()).ifPresent(field -> check(entry.getValue(), field.shape(), at.child(entry.getKey()), report));
            }
        }
    }
}

package dev.slipway.ignition.butane;

import dev.slipway.ignition.spec.FieldType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What may stand at a place of a Butane config. A value of any shape may be null, which is the same as absent. */
sealed interface Shape {

    record Value(FieldType.Scalar type) implements Shape {}

    record Items(Shape item) implements Shape {}

    /** @param fields by name in Butane's spelling */
    record Section(Map<String, Field> fields) implements Shape {

        public Section {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        Optional<Field> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }

        /** The shape below these fields, each of which is a section, or a list of sections. */
        Section at(String... names) {
            Shape shape = this;
            for (String name : names) {
                shape = ((Section) shape).fields.get(name).shape;
                shape = shape instanceof Items items ? items.item : shape;
            }
            return (Section) shape;
        }
    }

    /** @param translated its name in Ignition; empty where it is Butane's own */
    record Field(Optional<String> translated, Shape shape) {}

    /** With article, for a message. */
    default String inWords() {
        return switch (this) {
            case Value value -> value.type().inWords();
            case Items items -> "a list";
            case Section section -> "a mapping of names to values";
        };
    }
}

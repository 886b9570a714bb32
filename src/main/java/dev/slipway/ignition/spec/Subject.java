package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One object of a config while its rules are checked; its types are right already.
 *
 * <p>A node of type POJO stands for a value that is not known yet. It is given, but it is no text, number or flag: a rule complains only of
 * what it knows.
 */
record Subject(JsonNode node, ConfigPath path, IgnitionVersion version, Remarks remarks) {

    /** A rule of the table; it puts what it finds into the remarks. */
    interface Rule {
        void check(Subject subject);
    }

    boolean isFrom(IgnitionVersion first) {
        return !version.isBefore(first);
    }

    /** Neither absent nor null. */
    boolean gives(String field) {
        return node.hasNonNull(field);
    }

    /** Absent, null or empty, for sure. */
    boolean lacks(String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() || value.isTextual() && value.textValue().isEmpty()
                || value.isContainerNode() && value.isEmpty();
    }

    Optional<String> text(String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }

    /** The text, empty where there is none; nothing where it is not known yet. */
    Optional<String> known(String field) {
        JsonNode value = node.path(field);
        return value.isPojo() ? Optional.empty() : Optional.of(value.asText(""));
    }

    boolean isUnknown(String field) {
        return node.path(field).isPojo();
    }

    /** A text that is not empty. */
    Optional<String> filled(String field) {
        return text(field).filter(text -> !text.isEmpty());
    }

    OptionalLong whole(String field) {
        JsonNode value = node.path(field);
        return value.isNumber() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    boolean isTrue(String field) {
        return node.path(field).booleanValue();
    }

    boolean isFalse(String field) {
        JsonNode value = node.path(field);
        return value.isBoolean() && !value.booleanValue();
    }

    /** The object in a field; one without fields where there is none. */
    Subject object(String field) {
        return new Subject(objectOrEmpty(node.path(field)), path.child(field), version, remarks);
    }

    /** The objects of a list that are there for sure. */
    List<Subject> objects(String field) {
        JsonNode list = node.path(field);
        List<Subject> objects = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isPojo() && !(list.get(i) instanceof ConditionalObject)) {
                objects.add(new Subject(objectOrEmpty(list.get(i)), path.child(field).child(i), version, remarks));
            }
        }
        return objects;
    }

    private static JsonNode objectOrEmpty(JsonNode node) {
        return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
    }

    void error(String field, String id, String message) {
        remarks.error(path.child(field), id, message);
    }

    void error(String id, String message) {
        remarks.error(path, id, message);
    }

    void warning(String field, String id, String message) {
        remarks.warning(path.child(field), id, message);
    }

    void advice(String field, String id, String message) {
        remarks.advice(path.child(field), id, message);
    }
}

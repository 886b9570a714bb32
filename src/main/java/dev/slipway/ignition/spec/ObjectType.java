package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An object with a closed set of fields. Immutable; {@link Spec} has all there are. */
public final class ObjectType implements FieldType {

    /** By what entries of a list are told apart. */
    private record Key(List<String> fields, Function<JsonNode, String> text) {}

    private final String inWords;
    private final Map<String, Field> fields;
    private final Key key;
    private final Optional<String> withdrawnWithout;
    private final List<Subject.Rule> rules;
    private final List<Subject.Rule> advice;

    private ObjectType(String inWords, Map<String, Field> fields, Key key, Optional<String> withdrawnWithout, List<Subject.Rule> rules,
            List<Subject.Rule> advice) {
        this.inWords = inWords;
        this.fields = Collections.unmodifiableMap(fields);
        this.key = key;
        this.withdrawnWithout = withdrawnWithout;
        this.rules = rules;
        this.advice = advice;
    }

    static ObjectType of(String inWords, Field... fields) {
        Map<String, Field> byName = new LinkedHashMap<>();
        for (Field field : fields) {
            byName.put(field.name(), field);
        }
        return new ObjectType(inWords, byName, new Key(List.of(), entry -> ""), Optional.empty(), List.of(), List.of());
    }

    /** The same, told apart in lists by this field. */
    ObjectType keyedBy(String field) {
        return keyedBy(entry -> entry.path(field).asText(""), field);
    }

    /** The same, told apart in lists by a text made of these fields. */
    ObjectType keyedBy(Function<JsonNode, String> text, String... ofFields) {
        return new ObjectType(inWords, fields, new Key(List.of(ofFields), text), withdrawnWithout, rules, advice);
    }

    /** The same; an entry that lacks this field takes the entry of that key away from the layer below. */
    ObjectType withdrawnWithout(String field) {
        return new ObjectType(inWords, fields, key, Optional.of(field), rules, advice);
    }

    /** The same, with what Ignition checks of it. */
    ObjectType rules(Subject.Rule... newRules) {
        return new ObjectType(inWords, fields, key, withdrawnWithout, List.of(newRules), advice);
    }

    /** The same, with what Ignition does not check of it, but is worth a warning. */
    ObjectType advice(Subject.Rule... newAdvice) {
        return new ObjectType(inWords, fields, key, withdrawnWithout, rules, List.of(newAdvice));
    }

    /** Of all versions, in the order in which Ignition looks for duplicates. */
    public Collection<Field> fields() {
        return fields.values();
    }

    /** Case-sensitive, in any version. */
    public Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    public String key(JsonNode entry) {
        return key.text.apply(entry);
    }

    boolean hasKnownKey(JsonNode entry) {
        return key.fields.stream().noneMatch(field -> entry.path(field).isPojo());
    }

    boolean withdraws(JsonNode entry) {
        return withdrawnWithout.isPresent() && !entry.hasNonNull(withdrawnWithout.get());
    }

    List<Subject.Rule> rules() {
        return rules;
    }

    List<Subject.Rule> advice() {
        return advice;
    }

    @Override
    public String inWords() {
        return inWords;
    }
}

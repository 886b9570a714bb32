package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An object with a closed set of fields. Immutable; {@link Spec} has all there are. */
public final class ObjectType implements FieldType {

    private final String inWords;
    private final Map<String, Field> fields;
    private final Function<JsonNode, String> key;
    private final Optional<String> withdrawnWithout;

    private ObjectType(String inWords, Map<String, Field> fields, Function<JsonNode, String> key, Optional<String> withdrawnWithout) {
        this.inWords = inWords;
        this.fields = Collections.unmodifiableMap(fields);
        this.key = key;
        this.withdrawnWithout = withdrawnWithout;
    }

    static ObjectType of(String inWords, Field... fields) {
        Map<String, Field> byName = new LinkedHashMap<>();
        for (Field field : fields) {
            byName.put(field.name(), field);
        }
        return new ObjectType(inWords, byName, entry -> "", Optional.empty());
    }

    /** The same, told apart in lists by this field. */
    ObjectType keyedBy(String field) {
        return keyedBy(entry -> entry.path(field).asText(""));
    }

    ObjectType keyedBy(Function<JsonNode, String> newKey) {
        return new ObjectType(inWords, fields, newKey, withdrawnWithout);
    }

    /** The same; an entry that lacks this field takes the entry of that key away from the layer below. */
    ObjectType withdrawnWithout(String field) {
        return new ObjectType(inWords, fields, key, Optional.of(field));
    }

    /** Of all versions, in the order of the documentation. */
    public Collection<Field> fields() {
        return fields.values();
    }

    /** Case-sensitive, in any version. */
    public Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    public String key(JsonNode entry) {
        return key.apply(entry);
    }

    boolean withdraws(JsonNode entry) {
        return withdrawnWithout.isPresent() && !entry.hasNonNull(withdrawnWithout.get());
    }

    @Override
    public String inWords() {
        return inWords;
    }
}

package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A list of texts or of objects.
 *
 * @param keySpace lists of one object that name the same key space have no key in common: a path is a file or a link, not both; empty
 *     where the list is exempt, so that equal entries may repeat, and layers append to it
 */
public record ListType(FieldType item, Optional<String> keySpace) implements FieldType {

    public ListType {
        if (item instanceof ListType) {
            throw new IllegalArgumentException("Ignition has no lists of lists");
        }
    }

    /** By what an entry is told apart from others of the key space; entries that have no key all have the empty one. */
    public String key(JsonNode entry) {
        return item instanceof ObjectType object ? object.key(entry) : entry.asText("");
    }

    /** Whether the entry is there for sure, with a key that is known. */
    boolean hasKnownKey(JsonNode entry) {
        return !entry.isPojo() && !(entry instanceof ConditionalObject)
                && !(item instanceof ObjectType object && !object.hasKnownKey(entry));
    }

    @Override
    public String inWords() {
        return "a list";
    }
}

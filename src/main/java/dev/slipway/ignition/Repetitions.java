package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one rendering repeats: bounded, and remembered, so that a place of the result is found in the template. */
final class Repetitions {

    private final Map<ArrayNode, List<Integer>> origins = new IdentityHashMap<>();
    private int left = Limits.REPETITIONS;

    /** Whether so many more may be made. */
    boolean admit(int items) {
        left -= Math.min(items, left + 1);
        return left >= 0;
    }

    /** @param origins which item of the template each item of {@code list} is of */
    void put(ArrayNode list, List<Integer> origins) {
        this.origins.put(list, origins);
    }

    /** The lists of {@code rendered} with repeated items, by their pointers: which item of the template each item is of. */
    Map<String, List<Integer>> in(JsonNode rendered) {
        Map<String, List<Integer>> byPointer = new HashMap<>();
        if (!origins.isEmpty()) {
            collect(rendered, "", byPointer);
        }
        return byPointer;
    }

    private void collect(JsonNode node, String at, Map<String, List<Integer>> byPointer) {
        if (node instanceof ArrayNode array) {
            Optional.ofNullable(origins.get(array)).ifPresent(items -> byPointer.put(at, items));
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), Pointer.child(at, i), byPointer);
            }
        }
        node.properties().forEach(entry -> collect(entry.getValue(), Pointer.child(at, entry.getKey()), byPointer));
    }
}

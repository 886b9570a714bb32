package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What is different between two configs, as their readers see it: an entry of a list is the same entry wherever it stands. */
public final class ConfigDiff {

    /** By what the entries of Ignition's lists are told apart, in this order. */
    private static final List<String> KEYS = List.of("path", "name", "device", "number", "label", "source");

    /** A place in one of the configs, as it is and masked. Absent where that config has nothing there. */
    private record Side(JsonNode real, JsonNode masked) {

        static final Side ABSENT = new Side(MissingNode.getInstance(), MissingNode.getInstance());

        static Side of(JsonNode real, JsonNode masked) {
            return new Side(Comparison.of(real), Comparison.of(masked));
        }

        boolean isAbsent() {
            return real.isMissingNode();
        }

        /** Below a masked text there is nothing but that. */
        private JsonNode maskedChild(JsonNode child) {
            return masked.isTextual() ? masked : child;
        }

        Side child(String key) {
            return real.has(key) ? new Side(real.get(key), maskedChild(masked.path(key))) : ABSENT;
        }

        Side child(int index) {
            return new Side(real.get(index), maskedChild(masked.path(index)));
        }

        boolean isMasked() {
            return !real.equals(masked);
        }

        Optional<String> text() {
            if (isAbsent()) {
                return Optional.empty();
            }
            JsonNode shown = masked.isMissingNode() ? JsonNodeFactory.instance.textNode(ParameterValue.MASK) : masked;
            return Optional.of(shown.isTextual() ? shown.textValue() : Json.writeReadable(shown));
        }
    }

    private final List<ConfigDifference> changes = new ArrayList<>();

    private ConfigDiff() {}

    /** What has to be done to get from one to the other; empty where both say the same. */
    public static List<ConfigDifference> between(ReadableConfig before, ReadableConfig after) {
        ConfigDiff diff = new ConfigDiff();
        diff.compare(Side.of(before.config(), before.masked()), Side.of(after.config(), after.masked()), "", "");
        return List.copyOf(diff.changes);
    }

    private void compare(Side before, Side after, String path, String pointer) {
        if (before.real.equals(after.real)) {
            return;
        }
        if (before.real.isObject() && after.real.isObject()) {
            Set<String> keys = new LinkedHashSet<>();
            before.real.fieldNames().forEachRemaining(keys::add);
            after.real.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                Side child = before.child(key);
                compare(child, after.child(key), path.isEmpty() ? key : path + "." + key, child.isAbsent() ? pointer : Pointer.child(pointer, key));
            }
        } else if (before.real.isArray() && after.real.isArray()) {
            lists(before, after, path, pointer);
        } else {
            changes.add(new ConfigDifference(path, pointer, before.text(), after.text(), before.isMasked() || after.isMasked()));
        }
    }

    /** Entries are matched by what tells them apart, else by their place. */
    private void lists(Side before, Side after, String path, String pointer) {
        Map<String, Integer> olds = names(before, after);
        Map<String, Integer> news = names(after, before);
        Set<String> all = new LinkedHashSet<>(olds.keySet());
        all.addAll(news.keySet());
        int changesBefore = changes.size();
        for (String name : all) {
            Optional<Integer> old = Optional.ofNullable(olds.get(name));
            Optional<Integer> young = Optional.ofNullable(news.get(name));
            compare(old.map(before::child).orElse(Side.ABSENT), young.map(after::child).orElse(Side.ABSENT), path + "[" + name + "]",
                    old.map(index -> Pointer.child(pointer, index)).orElse(pointer));
        }
        if (changes.size() == changesBefore) {
            changes.add(new ConfigDifference(path, pointer, before.text(), after.text(), before.isMasked() || after.isMasked()));
        }
    }

    /** The index of each entry, by its name, which holds no secret. */
    private static Map<String, Integer> names(Side list, Side other) {
        boolean texts = isSetOfTexts(list) && isSetOfTexts(other);
        Optional<String> key = KEYS.stream().filter(candidate -> tellsApart(list, candidate) && tellsApart(other, candidate)).findFirst();
        Map<String, Integer> names = new LinkedHashMap<>();
        for (int i = 0; i < list.real.size(); i++) {
            JsonNode item = list.real.get(i);
            names.put(texts ? item.textValue() : key.map(k -> item.get(k).asText()).orElse(Integer.toString(i)), i);
        }
        return names;
    }

    private static boolean tellsApart(Side list, String key) {
        Set<String> values = new LinkedHashSet<>();
        return IntStream.range(0, list.real.size()).mapToObj(list::child).allMatch(item -> item.real.path(key).isValueNode()
                && item.real.get(key).equals(item.masked.path(key)) && values.add(item.real.get(key).asText()));
    }

    private static boolean isSetOfTexts(Side list) {
        Set<String> values = new LinkedHashSet<>();
        return !list.isMasked() && list.real.valueStream().allMatch(item -> item.isTextual() && values.add(item.textValue()));
    }
}

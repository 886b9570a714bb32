package dev.slipway.ignition.spec;

import dev.slipway.ignition.spec.Traced.Fields;
import dev.slipway.ignition.spec.Traced.Items;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts configs on top of each other by the rules of {@code ignition.config.merge}.
 *
 * <p>The upper value of a field wins; objects merge field by field; keyed lists entry by entry, at the place of the lower entry; an entry
 * whose key stands in another list of its key space above moves there; exempt lists are joined. Nothing can be unset, except an HTTP
 * header by naming it without a value.
 *
 * @see "Ignition, Operator notes: Config merging"
 */
public final class Merge {

    private Merge() {}

    /**
     * @param layers lowest first, at least one, each valid by itself; the older ones are brought to the newest version among them first
     */
    public static Merged of(List<Layer> layers) {
        IgnitionVersion newest = layers.stream()
                .map(layer -> ConfigValidator.versionOf(layer.config()).orElseThrow())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Traced merged = layers.stream()
                .map(layer -> Traced.of(Conversion.raised(layer.config(), newest), new Origin(layer.name(), ConfigPath.ROOT)))
                .reduce((lower, upper) -> value(Spec.CONFIG, lower, upper))
                .orElseThrow();
        Map<ConfigPath, Origin> origins = new HashMap<>();
        merged.collect(ConfigPath.ROOT, origins);
        return new Merged(merged.plain(), origins);
    }

    private static Traced value(FieldType type, Traced lower, Traced upper) {
        return type instanceof ObjectType object && lower instanceof Fields below && upper instanceof Fields above
                ? object(object, below, above) : upper;
    }

    private static Fields object(ObjectType type, Fields lower, Fields upper) {
        Map<String, Traced> merged = new LinkedHashMap<>(lower.fields());
        merged.putAll(upper.fields());
        for (Field field : type.fields()) {
            Traced below = lower.fields().get(field.name());
            Traced above = upper.fields().get(field.name());
            if (field.type() instanceof ListType list && (below != null || above != null)) {
                Items items = new Items(list(type, field, list, lower, upper), (above == null ? below : above).origin());
                merged.remove(field.name());
                Traced.put(merged, field.name(), items);
            } else if (below != null && above != null) {
                merged.put(field.name(), value(field.type(), below, above));
            }
        }
        return new Fields(merged, upper.origin());
    }

    private static List<Traced> list(ObjectType owner, Field field, ListType type, Fields lower, Fields upper) {
        List<Traced> below = items(lower, field.name());
        List<Traced> above = items(upper, field.name());
        return type.keySpace().isEmpty() ? joined(below, above) : keyed(type, below, above, keysOfOtherLists(owner, field, upper));
    }

    private static List<Traced> items(Fields object, String name) {
        return object.fields().get(name) instanceof Items list ? list.items() : List.of();
    }

    private static List<Traced> joined(Collection<Traced> lower, Collection<Traced> upper) {
        List<Traced> all = new ArrayList<>(lower);
        all.addAll(upper);
        return all;
    }

    private static List<Traced> keyed(ListType type, List<Traced> lower, List<Traced> upper, Set<String> movedAway) {
        Map<String, Traced> above = new LinkedHashMap<>();
        upper.forEach(entry -> above.put(type.key(entry.plain()), entry));
        List<Traced> merged = new ArrayList<>();
        for (Traced entry : lower) {
            String key = type.key(entry.plain());
            Optional<Traced> sameKey = Optional.ofNullable(above.remove(key));
            if (sameKey.isEmpty() && !movedAway.contains(key)) {
                merged.add(entry);
            } else if (sameKey.isPresent() && !withdraws(type, sameKey.get())) {
                merged.add(value(type.item(), entry, sameKey.get()));
            }
        }
        merged.addAll(above.values());
        return merged;
    }

    private static boolean withdraws(ListType type, Traced entry) {
        return type.item() instanceof ObjectType object && object.withdraws(entry.plain());
    }

    private static Set<String> keysOfOtherLists(ObjectType type, Field field, Fields upper) {
        Set<String> keys = new HashSet<>();
        for (Field other : type.fields()) {
            if (other != field && other.type() instanceof ListType list && list.keySpace().equals(((ListType) field.type()).keySpace())) {
                items(upper, other.name()).forEach(entry -> keys.add(list.key(entry.plain())));
            }
        }
        return keys;
    }
}

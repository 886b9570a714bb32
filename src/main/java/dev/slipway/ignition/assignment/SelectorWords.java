package dev.slipway.ignition.assignment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a group selects as a mapping, in the words of its YAML: for storage, for people, and for other programs. */
public final class SelectorWords {

    private static final String LABELS = "labels";
    private static final String SERIAL = "serial";
    private static final String MODEL = "model";
    private static final String MANUFACTURER = "manufacturer";
    private static final String DEVICES = "devices";
    private static final String WHEN = "when";

    private SelectorWords() {}

    public static Map<String, Object> write(Selector selector) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!selector.labels().isEmpty()) {
            json.put(LABELS, new TreeMap<>(selector.labels()));
        }
        selector.serial().ifPresent(pattern -> json.put(SERIAL, pattern.pattern()));
        selector.model().ifPresent(pattern -> json.put(MODEL, pattern.pattern()));
        selector.manufacturer().ifPresent(pattern -> json.put(MANUFACTURER, pattern.pattern()));
        if (!selector.devices().isEmpty()) {
            json.put(DEVICES, List.copyOf(new TreeSet<>(selector.devices())));
        }
        selector.when().ifPresent(condition -> json.put(WHEN, condition));
        return json;
    }

    /** What {@link #write} wrote. */
    public static Selector read(Map<String, Object> json) {
        Map<String, String> labels = json.get(LABELS) instanceof Map<?, ?> map
                ? map.entrySet().stream().collect(Collectors.toMap(label -> (String) label.getKey(), label -> (String) label.getValue()))
                : Map.of();
        Set<String> devices = json.get(DEVICES) instanceof List<?> list ? list.stream().map(String.class::cast).collect(Collectors.toSet()) : Set.of();
        return new Selector(
                labels, glob(json, SERIAL), glob(json, MODEL), glob(json, MANUFACTURER), devices, Optional.ofNullable((String) json.get(WHEN)));
    }

    private static Optional<Glob> glob(Map<String, Object> json, String key) {
        return Optional.ofNullable((String) json.get(key)).map(Glob::new);
    }
}

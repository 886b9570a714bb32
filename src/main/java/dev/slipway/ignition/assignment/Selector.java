package dev.slipway.ignition.assignment;

import dev.slipway.ignition.DeviceCondition;
import dev.slipway.ignition.DeviceFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which devices a group has: those of which everything holds that is said here. One that says nothing selects no device.
 *
 * @param labels that it has, all of them
 * @param model its DeviceInfo
 * @param devices it is one of these: GUIDs that it has or had, ids, or serials
 * @param when CEL, see {@link DeviceCondition}
 */
public record Selector(
        Map<String, String> labels,
        Optional<Glob> serial,
        Optional<Glob> model,
        Optional<Glob> manufacturer,
        Set<String> devices,
        Optional<String> when) {

    public static final Selector NOTHING =
            new Selector(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

    public Selector {
        labels = Map.copyOf(labels);
        devices = Set.copyOf(devices);
    }

    /**
     * A device that may be selected.
     *
     * @param names its GUIDs, its id, its serial
     */
    public record Candidate(DeviceFacts facts, Set<String> names) {}

    /** What decides, made once; the cheap questions are asked first. */
    Predicate<Candidate> compile() {
        if (equals(NOTHING)) {
            return candidate -> false;
        }
        Optional<DeviceCondition> condition = when.map(DeviceCondition::compile);
        return candidate -> hasLabels(candidate.facts())
                && serial.filter(pattern -> !pattern.matches(candidate.facts().serial())).isEmpty()
                && model.filter(pattern -> !pattern.matches(candidate.facts().model())).isEmpty()
                && manufacturer.filter(pattern -> !pattern.matches(candidate.facts().manufacturer())).isEmpty()
                && (devices.isEmpty() || candidate.names().stream().anyMatch(devices::contains))
                && condition.filter(holding -> !holding.holds(candidate.facts())).isEmpty();
    }

    private boolean hasLabels(DeviceFacts device) {
        return labels.entrySet().stream().allMatch(label -> label.getValue().equals(device.labels().get(label.getKey())));
    }

    /** For people. */
    public String describe() {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(labels).forEach((name, value) -> parts.add("label " + name + "=" + value));
        serial.ifPresent(pattern -> parts.add("serial " + pattern));
        model.ifPresent(pattern -> parts.add("model " + pattern));
        manufacturer.ifPresent(pattern -> parts.add("manufacturer " + pattern));
        if (!devices.isEmpty()) {
            parts.add(devices.size() == 1 ? "device " + devices.iterator().next() : "one of " + devices.size() + " listed devices");
        }
        when.ifPresent(condition -> parts.add("when " + condition));
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }
}

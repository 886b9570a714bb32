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
     * @param names its GUIDs, its id, its serial; see {@link DeviceNames}
     */
    public record Candidate(DeviceFacts facts, Set<String> names) {}

    /** What decides, made once; the cheap questions are asked first, and those only that are put. */
    Predicate<Candidate> compile() {
        List<Predicate<Candidate>> all = new ArrayList<>();
        labels.forEach((name, value) -> all.add(candidate -> value.equals(candidate.facts().labels().get(name))));
        serial.ifPresent(pattern -> all.add(candidate -> pattern.matches(candidate.facts().serial())));
        model.ifPresent(pattern -> all.add(candidate -> pattern.matches(candidate.facts().model())));
        manufacturer.ifPresent(pattern -> all.add(candidate -> pattern.matches(candidate.facts().manufacturer())));
        if (!devices.isEmpty()) {
            all.add(candidate -> candidate.names().stream().anyMatch(devices::contains));
        }
        when.map(DeviceCondition::compile).ifPresent(condition -> all.add(candidate -> condition.holds(candidate.facts())));
        return all.stream().reduce(Predicate::and).orElse(candidate -> false);
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

package dev.slipway.ignition.assignment;

import dev.slipway.failure.Finding;
import dev.slipway.ignition.ParameterValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Two groups of the same priority say different things, so that nobody can say what their devices are to get.
 *
 * @param about {@code the profile}, or which parameter; values are not told, they may be secret
 */
public record Disagreement(Group one, Group other, String about) {

    /** What two groups disagree about; empty unless their priority is the same. */
    static Optional<Disagreement> between(Group one, Group other) {
        if (one.priority() != other.priority()) {
            return Optional.empty();
        }
        List<String> about = new ArrayList<>();
        if (one.profile().isPresent() && other.profile().isPresent() && !one.profile().equals(other.profile())) {
            about.add("the profile (" + one.profile().get() + ", " + other.profile().get() + ")");
        }
        Map<String, ParameterValue> others = other.parameters().all();
        new TreeMap<>(one.parameters().all()).forEach((name, value) -> {
            if (others.containsKey(name) && !others.get(name).equals(value)) {
                about.add("the parameter '" + name + "'");
            }
        });
        return about.isEmpty() ? Optional.empty() : Optional.of(new Disagreement(one, other, String.join(", ", about)));
    }

    /** All among the groups of one device, which are in the order of their priority. */
    static List<Disagreement> among(List<Group> groups) {
        List<Disagreement> found = new ArrayList<>();
        for (int begin = 0, end; begin < groups.size(); begin = end) {
            end = begin + 1;
            while (end < groups.size() && groups.get(end).priority() == groups.get(begin).priority()) {
                end++;
            }
            List<Group> same = groups.subList(begin, end);
            if (!agree(same)) {
                found.addAll(ofPairs(same));
            }
        }
        return found;
    }

    /** One look at each, as nearly all do. */
    private static boolean agree(List<Group> groups) {
        Optional<String> profile = Optional.empty();
        Map<String, ParameterValue> values = new HashMap<>();
        for (Group group : groups) {
            Optional<String> before = profile;
            if (group.profile().filter(name -> before.isPresent() && !name.equals(before.get())).isPresent()) {
                return false;
            }
            profile = group.profile().or(() -> before);
            for (Map<String, ParameterValue> given : List.of(group.parameters().open(), group.parameters().secret())) {
                for (Map.Entry<String, ParameterValue> entry : given.entrySet()) {
                    ParameterValue other = values.putIfAbsent(entry.getKey(), entry.getValue());
                    if (other != null && !other.equals(entry.getValue())) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static List<Disagreement> ofPairs(List<Group> groups) {
        List<Disagreement> found = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                between(groups.get(i), groups.get(j)).ifPresent(found::add);
            }
        }
        return found;
    }

    /** @param device for people */
    public Finding finding(String device) {
        return Finding.error("group.disagreement", device, "the groups '" + one.name() + "' and '" + other.name() + "' both have this device and"
                + " the priority " + one.priority() + ", and differ in " + about + "; give one of them another priority, or let them select"
                + " different devices");
    }
}

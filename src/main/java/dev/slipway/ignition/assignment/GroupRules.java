package dev.slipway.ignition.assignment;

import dev.slipway.ignition.assignment.Selector.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The rules of all groups, compiled once for any number of devices; any number of threads may ask them at a time. */
public final class GroupRules {

    /** The most groups that there may be; each of them is asked for each device. */
    public static final int MAX_GROUPS = 1_000;

    private final List<Rule> rules;
    private final Map<String, Group> byName = new HashMap<>();

    private record Rule(Group group, Predicate<Candidate> selects) {}

    private GroupRules(List<Rule> rules) {
        this.rules = rules;
        rules.forEach(rule -> byName.put(rule.group().name(), rule.group()));
    }

    public static GroupRules of(List<Group> groups) {
        return new GroupRules(groups.stream()
                .sorted(Comparator.comparingInt(Group::priority).thenComparing(Group::name))
                .map(group -> new Rule(group, group.selector().compile()))
                .toList());
    }

    /** The same with one group more, or another in place of the one of its name. */
    public GroupRules with(Group group) {
        List<Group> groups = new ArrayList<>(rules.stream().map(Rule::group).filter(other -> !other.name().equals(group.name())).toList());
        groups.add(group);
        return of(groups);
    }

    public Optional<Group> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public List<Group> all() {
        return rules.stream().map(Rule::group).toList();
    }

    /**
     * The groups of a device, of lowest priority first.
     *
     * @param named groups that it is in, whatever they select
     */
    List<Group> of(Candidate device, Set<String> named) {
        List<Group> found = new ArrayList<>();
        for (Rule rule : rules) {
            if (named.contains(rule.group().name()) || rule.selects().test(device)) {
                found.add(rule.group());
            }
        }
        return found;
    }
}

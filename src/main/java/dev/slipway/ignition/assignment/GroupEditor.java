package dev.slipway.ignition.assignment;

import dev.slipway.audit.AuditEvent;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.assignment.GroupStore.Change;
import dev.slipway.ignition.assignment.Resolution.Installation;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Changes groups, unless a device that is known would be hit by two that disagree. */
public final class GroupEditor {

    private static final int PAGE = 500;
    private static final int MAX_FINDINGS = 20;
    private static final Installation NOTHING = new Installation(GivenParameters.NONE, Optional.empty());

    private final GroupStore groups;
    private final EntryStore entries;
    private final DeviceRepository devices;
    private final KnownParameters known;
    private final Clock clock;

    public GroupEditor(GroupStore groups, EntryStore entries, DeviceRepository devices, KnownParameters known, Clock clock) {
        this.groups = groups;
        this.entries = entries;
        this.devices = devices;
        this.known = known;
        this.clock = clock;
    }

    /**
     * @param expected the version that is to be replaced; empty for whatever there is
     * @throws ConfigInvalid if a value fits no profile, or if it would disagree with another group over a device; with the devices
     */
    public Change save(Group given, OptionalLong expected, String actor) {
        GivenParameters before = groups.find(given.name()).map(stored -> stored.group().parameters()).orElse(GivenParameters.NONE);
        Group group = given.with(given.parameters().unmasked(before).sealing(known::isSecret));
        requireFit(known, "group " + group.name(), group.parameters());
        List<Finding> disagreements = disagreements(group);
        if (!disagreements.isEmpty()) {
            throw new ConfigInvalid(disagreements);
        }
        return groups.put(group, expected, event("group.changed", actor, facts(group)));
    }

    /** @throws ConfigInvalid if there is a value that no profile could use */
    static void requireFit(KnownParameters known, String where, GivenParameters parameters) {
        List<Finding> findings = new ArrayList<>();
        new TreeMap<>(parameters.all()).forEach((name, value) -> {
            if (known.isUnfit(name, value)) {
                findings.add(Finding.error("parameter.type", where, "the parameter '" + name + "' must be " + known.of(name).getFirst().inWords()));
            }
        });
        if (!findings.isEmpty()) {
            throw new ConfigInvalid(findings);
        }
    }

    private List<Finding> disagreements(Group group) {
        if (groups.rules().all().stream().noneMatch(other -> isRival(group, other))) {
            return List.of();
        }
        GroupRules rules = groups.rules().with(group);
        List<Finding> findings = new ArrayList<>();
        Optional<UUID> after = Optional.empty();
        for (List<Device> page = devices.list(after, PAGE); !page.isEmpty(); page = devices.list(after, PAGE)) {
            for (Device device : page) {
                if (device.state() == DeviceState.RELEASED) {
                    continue;
                }
                List<Group> of = Resolution.of(device, entries.of(device), rules, NOTHING).groups();
                Disagreement.among(of).stream()
                        .filter(pair -> pair.one().name().equals(group.name()) || pair.other().name().equals(group.name()))
                        .forEach(pair -> findings.add(pair.finding(device.latestGuid().toString())));
                if (findings.size() >= MAX_FINDINGS) {
                    return findings;
                }
            }
            after = Optional.of(page.getLast().id());
        }
        return findings;
    }

    private static boolean isRival(Group group, Group other) {
        return !other.name().equals(group.name()) && Disagreement.between(group, other).isPresent();
    }

    /** @return whether there was one */
    public boolean remove(String name, OptionalLong expected, String actor) {
        return groups.remove(name, expected, event("group.removed", actor, Map.of("group", name)));
    }

    private AuditEvent event(String id, String actor, Map<String, String> facts) {
        return new AuditEvent(id, clock.instant().truncatedTo(ChronoUnit.MILLIS), actor, Optional.empty(), AuditEvent.Outcome.DONE, "", facts);
    }

    private static Map<String, String> facts(Group group) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("group", group.name());
        facts.put("priority", Integer.toString(group.priority()));
        facts.put("selects", shortened(group.selector().describe()));
        group.profile().ifPresent(profile -> facts.put("profile", profile));
        facts.put("parameters", String.join(", ", new TreeSet<>(group.parameters().all().keySet())));
        return facts;
    }

    private static String shortened(String text) {
        return text.length() <= Names.LABEL_CHARS * 4 ? text : text.substring(0, Names.LABEL_CHARS * 4) + "…";
    }
}

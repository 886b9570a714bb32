package dev.slipway.ignition.assignment;

import dev.slipway.device.Device;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.DeviceFacts;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which profiles and values a device is given, and by what.
 *
 * @param labels its own, and those of the table
 * @param groups that it is in, of lowest priority first
 * @param profiles lowest first, each once: at the place of the strongest that gives it
 * @param parameters by name, the strongest of each; not all of them are for these profiles
 * @param findings why it can be given nothing: groups that disagree, a group that is not there
 */
public record Resolution(
        Map<String, String> labels, List<Group> groups, List<Layer> profiles, Map<String, Given> parameters, List<Finding> findings) {

    /** @param origin of the profile, in words */
    public record Layer(String profile, String origin) {}

    /** @param origin of the value, in words */
    public record Given(ParameterValue value, boolean secret, String origin) {}

    /** What holds for every device. */
    public record Installation(GivenParameters parameters, Optional<String> defaultProfile) {

        static final String FILE = "parameters.yaml";
        static final String SETTING = "slipway.profile";
    }

    public static Resolution of(Device device, DeviceEntry entry, GroupRules rules, Installation installation) {
        Map<String, String> labels = entry.labels(device.labels());
        List<Finding> findings = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (TableRow row : entry.rows()) {
            row.group().filter(group -> rules.find(group).isEmpty()).ifPresent(group -> findings.add(Finding.error(
                    "group.unknown", row.device(), "the table puts the device in a group '" + group + "', which there is not; make it again")));
            row.group().ifPresent(named::add);
        }
        List<Group> groups = rules.of(candidate(device, labels), named);
        Disagreement.among(groups).forEach(disagreement -> findings.add(disagreement.finding(device.latestGuid().toString())));
        return new Resolution(labels, groups, profiles(groups, entry, installation), parameters(groups, entry, installation), findings);
    }

    private static Selector.Candidate candidate(Device device, Map<String, String> labels) {
        DeviceFacts facts = DeviceFacts.of(device, device.latestGuid(), Optional.empty(), labels);
        Set<String> names = new HashSet<>(DeviceNames.of(device));
        names.add(device.id().toString());
        return new Selector.Candidate(facts, names);
    }

    private static List<Layer> profiles(List<Group> groups, DeviceEntry entry, Installation installation) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        groups.forEach(group -> group.profile().ifPresent(profile -> put(layers, profile, origin(group))));
        entry.own().flatMap(DeviceEntry.Own::profile).ifPresent(profile -> put(layers, profile, "the device"));
        if (layers.isEmpty()) {
            installation.defaultProfile().ifPresent(profile -> put(layers, profile, "the setting " + Installation.SETTING));
        }
        return List.copyOf(layers.values());
    }

    private static void put(Map<String, Layer> layers, String profile, String origin) {
        layers.remove(profile);
        layers.put(profile, new Layer(profile, origin));
    }

    private static Map<String, Given> parameters(List<Group> groups, DeviceEntry entry, Installation installation) {
        Map<String, Given> given = new HashMap<>();
        put(given, installation.parameters(), Installation.FILE);
        groups.forEach(group -> put(given, group.parameters(), origin(group)));
        entry.rows().forEach(row -> put(given, row.parameters(), "the table, row " + row.device()));
        entry.own().ifPresent(own -> put(given, own.parameters(), "the device"));
        return given;
    }

    private static void put(Map<String, Given> given, GivenParameters more, String origin) {
        more.open().forEach((name, value) -> given.put(name, new Given(value, false, origin)));
        more.secret().forEach((name, value) -> given.put(name, new Given(value, true, origin)));
    }

    private static String origin(Group group) {
        return "group " + group.name();
    }

    /** @throws ConfigInvalid if the device can be given nothing for sure */
    public void requireSound() {
        if (!findings.isEmpty()) {
            throw new ConfigInvalid(findings);
        }
    }
}

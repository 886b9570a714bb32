package dev.slipway.ignition.assignment;

import dev.slipway.audit.AuditEvent;
import dev.slipway.device.Device;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes what single devices are given. */
public final class DeviceEditor {

    private final EntryStore entries;
    private final ProfileCatalogue catalogue;
    private final KnownParameters known;
    private final Clock clock;

    public DeviceEditor(EntryStore entries, ProfileCatalogue catalogue, KnownParameters known, Clock clock) {
        this.entries = entries;
        this.catalogue = catalogue;
        this.known = known;
        this.clock = clock;
    }

    /**
     * Gives a device a layer of its own, in place of what it had.
     *
     * @throws ConfigInvalid if there is no such profile, or if a value fits none
     */
    public void assign(Device device, Own given, OptionalLong expected, String actor) {
        GivenParameters before = entries.of(device).own().map(Own::parameters).orElse(GivenParameters.NONE);
        GivenParameters parameters = given.parameters().unmasked(before).sealing(known::isSecret);
        given.profile().filter(profile -> catalogue.find(profile, device.id()).isEmpty()).ifPresent(profile -> {
            throw new ConfigInvalid(List.of(Finding.error("assignment.profile", "the device", "there is no profile '" + profile + "'")));
        });
        GroupEditor.requireFit(known, "the device", parameters);
        Map<String, String> facts = new TreeMap<>();
        given.profile().ifPresent(profile -> facts.put("profile", profile));
        facts.put("parameters", String.join(", ", new TreeSet<>(parameters.all().keySet())));
        entries.assign(device.id(), new Own(given.profile(), parameters, 0), expected, event("device.assigned", device, actor, facts));
    }

    /** @return whether it had something of its own */
    public boolean unassign(Device device, OptionalLong expected, String actor) {
        return entries.unassign(device.id(), expected, event("device.unassigned", device, actor, Map.of()));
    }

    /**
     * @param set the new value of each label; empty to remove it
     * @return all that it has then
     * @throws Invalid if a name or value is none
     */
    public Map<String, String> label(Device device, Map<String, Optional<String>> set, String actor) {
        Map<String, String> facts = new TreeMap<>();
        set.forEach((name, value) -> {
            Names.labelComplaint(name).or(() -> value.flatMap(Names::labelValueComplaint)).ifPresent(complaint -> {
                throw new Invalid(complaint);
            });
            facts.put(name, value.orElse(""));
        });
        return entries.label(device.id(), set, event("device.labelled", device, actor, facts));
    }

    private AuditEvent event(String id, Device device, String actor, Map<String, String> facts) {
        return AuditEvent.done(id, clock.instant().truncatedTo(ChronoUnit.MILLIS), actor, device.latestGuid().toString(), facts);
    }
}

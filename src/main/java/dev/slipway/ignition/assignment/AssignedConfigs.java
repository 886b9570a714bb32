package dev.slipway.ignition.assignment;

import dev.slipway.device.Device;
import dev.slipway.device.DeviceKeys;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.assignment.Resolution.Installation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Gives each device what its groups, the table and its own assignment say. */
public final class AssignedConfigs implements DeviceConfigs {

    private final GroupStore groups;
    private final EntryStore entries;
    private final ProfileCatalogue catalogue;
    private final Supplier<Installation> installation;
    private final DeviceKeys keys;

    public AssignedConfigs(
            GroupStore groups, EntryStore entries, ProfileCatalogue catalogue, Supplier<Installation> installation, DeviceKeys keys) {
        this.groups = groups;
        this.entries = entries;
        this.catalogue = catalogue;
        this.installation = installation;
        this.keys = keys;
    }

    /**
     * {@inheritDoc}
     *
     * @throws NotYet if nobody gives it a profile
     * @throws ConfigInvalid if groups disagree, a profile is not there, or a value is missing or of another type than its profile wants
     */
    @Override
    public DeviceConfig of(Device device) {
        return config(device, resolution(device));
    }

    @Override
    public boolean mayLeaveUnassigned() {
        return installation.get().defaultProfile().isEmpty();
    }

    /** What the device is given, and by what, even if it comes to nothing. */
    public Resolution resolution(Device device) {
        return Resolution.of(device, entries.of(device), groups.rules(), installation.get());
    }

    /** What it makes of this; see {@link #of}. */
    public DeviceConfig config(Device device, Resolution resolution) {
        resolution.requireSound();
        if (resolution.profiles().isEmpty()) {
            throw waiting();
        }
        Map<String, ParameterValue> values = new HashMap<>();
        Set<String> secret = new HashSet<>();
        resolution.parameters().forEach((name, given) -> {
            values.put(name, given.value());
            if (given.secret()) {
                secret.add(name);
            }
        });
        List<AvailableProfile> profiles = new ArrayList<>();
        List<Finding> missing = new ArrayList<>();
        for (Resolution.Layer layer : resolution.profiles()) {
            catalogue.find(layer.profile(), device.id()).ifPresentOrElse(profiles::add, () -> missing.add(Finding.error(
                    "assignment.profile", layer.origin(), "it gives the profile '" + layer.profile() + "', which there is not")));
        }
        if (!missing.isEmpty()) {
            throw new ConfigInvalid(missing);
        }
        return DeviceConfig.of(profiles, values, secret, resolution.labels(), () -> keys.of(device));
    }

    private static NotYet waiting() {
        return new NotYet("nobody has given the device a profile: ./slipway device assign, or a group that selects it");
    }
}

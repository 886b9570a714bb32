package dev.slipway.admin;

import dev.slipway.device.Device;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.assignment.AssignedConfigs;
import dev.slipway.ignition.assignment.EntryStore;
import dev.slipway.ignition.assignment.KnownParameters;
import dev.slipway.ignition.assignment.Resolution;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at what devices are given. */
@Singleton
final class Assignments {

    private final AssignedConfigs configs;
    private final EntryStore entries;
    private final ProfileCatalogue catalogue;
    private final KnownParameters known;

    Assignments(AssignedConfigs configs, EntryStore entries, ProfileCatalogue catalogue, KnownParameters known) {
        this.configs = configs;
        this.entries = entries;
        this.catalogue = catalogue;
        this.known = known;
    }

    Resolution resolution(Device device) {
        return configs.resolution(device);
    }

    AssignmentView view(Device device) {
        Resolution resolution = configs.resolution(device);
        Map<String, AvailableProfile> available = new HashMap<>();
        resolution.profiles().forEach(layer ->
                catalogue.find(layer.profile(), device.id()).ifPresent(profile -> available.put(layer.profile(), profile)));
        return AssignmentView.of(device, resolution, available, entries.of(device).own(), known, trouble(device, resolution));
    }

    private List<String> trouble(Device device, Resolution resolution) {
        try {
            configs.config(device, resolution).requireTpm();
            return List.of();
        } catch (ConfigInvalid e) {
            return e.findings().stream().map(Finding::toString).toList();
        } catch (NotYet | Forbidden e) {
            return List.of(e.getMessage());
        }
    }
}

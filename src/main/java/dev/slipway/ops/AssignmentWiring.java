package dev.slipway.ops;

import dev.slipway.device.DeviceKeys;
import dev.slipway.device.DeviceRepository;
import dev.slipway.fdo.to2.Admission;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.AssignedFirst;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.assignment.AssignedConfigs;
import dev.slipway.ignition.assignment.DeviceEditor;
import dev.slipway.ignition.assignment.EntryStore;
import dev.slipway.ignition.assignment.GroupEditor;
import dev.slipway.ignition.assignment.GroupStore;
import dev.slipway.ignition.assignment.KnownParameters;
import dev.slipway.ignition.assignment.TableEditor;
import dev.slipway.ignition.assignment.TableStore;
import dev.slipway.ignition.rollout.CandidateConfigs;
import dev.slipway.ignition.rollout.StoredProfiles;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the parts that decide which device gets what. */
@Singleton
final class AssignmentWiring {

    private final SlipwayConfig config;

    AssignmentWiring(SlipwayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    ConfigChanges configChanges() {
        return new ConfigChanges();
    }

    @Produces
    @Singleton
    KnownParameters knownParameters(StoredProfiles profiles) {
        return profiles::declarations;
    }

    @Produces
    @Singleton
    CurrentInstallation installation(RandomSource random, KnownParameters parameters, ConfigChanges changes) {
        ParameterFile file = new ParameterFile(config.data().resolve("parameters.yaml"), random);
        return new CurrentInstallation(file, DefaultProfile.of(config), parameters, changes);
    }

    @Produces
    @Singleton
    CandidateConfigs candidateConfigs(GroupStore groups, EntryStore entries, CurrentInstallation installation, DeviceKeys keys) {
        return profiles -> new AssignedConfigs(groups, entries, profiles, installation, keys);
    }

    @Produces
    @Singleton
    AssignedConfigs assignedConfigs(
            GroupStore groups, EntryStore entries, ProfileCatalogue profiles, CurrentInstallation installation, DeviceKeys keys) {
        return new AssignedConfigs(groups, entries, profiles, installation, keys);
    }

    @Produces
    @Singleton
    GroupEditor groupEditor(GroupStore groups, EntryStore entries, DeviceRepository devices, KnownParameters parameters, Clock clock) {
        return new GroupEditor(groups, entries, devices, parameters, clock);
    }

    @Produces
    @Singleton
    TableEditor tableEditor(TableStore table, GroupStore groups, KnownParameters parameters, Clock clock) {
        return new TableEditor(table, groups, parameters, clock);
    }

    @Produces
    @Singleton
    DeviceEditor deviceEditor(EntryStore entries, ProfileCatalogue profiles, KnownParameters parameters, Clock clock) {
        return new DeviceEditor(entries, profiles, parameters, clock);
    }

    @Produces
    @Singleton
    Admission admission(DeviceConfigs configs, DeviceRepository devices) {
        return new AssignedFirst(configs, devices);
    }
}

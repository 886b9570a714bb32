package dev.slipway.ops;

import dev.slipway.device.DeviceRepository;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.fdo.to2.Admission;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.AssignedFirst;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.assignment.AssignedConfigs;
import dev.slipway.ignition.assignment.DeviceEditor;
import dev.slipway.ignition.assignment.EntryStore;
import dev.slipway.ignition.assignment.GivenParameters;
import dev.slipway.ignition.assignment.GroupEditor;
import dev.slipway.ignition.assignment.GroupStore;
import dev.slipway.ignition.assignment.Resolution.Installation;
import dev.slipway.ignition.assignment.TableEditor;
import dev.slipway.ignition.assignment.TableStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Makes the parts that decide which device gets what. */
@Singleton
final class AssignmentWiring {

    private static final Logger LOG = Logger.getLogger(AssignmentWiring.class);
    private static final String NO_PROFILE = "none";
    private static final UUID ANY_DEVICE = new UUID(0, 0);

    private final SlipwayConfig config;

    AssignmentWiring(SlipwayConfig config) {
        this.config = config;
    }

    /** What a device gets that nobody gave anything. */
    private Optional<String> defaultProfile() {
        return Optional.of(config.profile()).filter(name -> !name.equals(NO_PROFILE));
    }

    @Produces
    @Singleton
    ConfigChanges configChanges() {
        return new ConfigChanges();
    }

    @Produces
    @Singleton
    ProfileFolders profileFolders() {
        Path templates = config.profiles().orElse(config.home().resolve("config-templates"));
        return ProfileFolders.of(templates, defaultProfile());
    }

    @Produces
    @Singleton
    Installation installation(ProfileFolders profiles, RandomSource random) {
        ParameterFile file = new ParameterFile(config.data().resolve("parameters.yaml"), random);
        defaultProfile().flatMap(name -> profiles.find(name, ANY_DEVICE)).ifPresent(available -> check(file, available.profile(), profiles));
        GivenParameters parameters = new GivenParameters(file.given(), Map.of()).sealing(profiles::isSecret);
        return new Installation(parameters, defaultProfile());
    }

    /** What is missing there may come from a group, or be the device's own. */
    private static void check(ParameterFile file, Profile profile, ProfileFolders profiles) {
        try {
            file.load(profile, profiles::isDeclared);
        } catch (ConfigInvalid e) {
            if (e.findings().stream().anyMatch(finding -> !finding.id().equals("parameter.missing"))) {
                throw e;
            }
            e.findings().forEach(finding -> LOG.warnf("%s; a device waits until this comes from a group, or is the device's own", finding));
        }
    }

    @Produces
    @Singleton
    AssignedConfigs assignedConfigs(GroupStore groups, EntryStore entries, ProfileFolders profiles, Installation installation) {
        return new AssignedConfigs(groups, entries, profiles, installation);
    }

    @Produces
    @Singleton
    GroupEditor groupEditor(GroupStore groups, EntryStore entries, DeviceRepository devices, ProfileFolders profiles, Clock clock) {
        return new GroupEditor(groups, entries, devices, profiles, clock);
    }

    @Produces
    @Singleton
    TableEditor tableEditor(TableStore table, GroupStore groups, ProfileFolders profiles, Clock clock) {
        return new TableEditor(table, groups, profiles, clock);
    }

    @Produces
    @Singleton
    DeviceEditor deviceEditor(EntryStore entries, ProfileFolders profiles, Clock clock) {
        return new DeviceEditor(entries, profiles, profiles, clock);
    }

    @Produces
    @Singleton
    Admission admission(DeviceConfigs configs, DeviceRepository devices) {
        return new AssignedFirst(configs, devices);
    }
}

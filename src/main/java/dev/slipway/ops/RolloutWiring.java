package dev.slipway.ops;

import dev.slipway.audit.AuditLog;
import dev.slipway.device.DeviceRepository;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.rollout.CandidateConfigs;
import dev.slipway.ignition.rollout.ContentStore;
import dev.slipway.ignition.rollout.DeviceSweep;
import dev.slipway.ignition.rollout.Gate;
import dev.slipway.ignition.rollout.RevisionStore;
import dev.slipway.ignition.rollout.Rollout;
import dev.slipway.ignition.rollout.RolloutDiff;
import dev.slipway.ignition.rollout.StoredProfiles;
import dev.slipway.persistence.AuditRows;
import dev.slipway.persistence.ContentFolder;
import dev.slipway.persistence.RevisionRows;
import dev.slipway.persistence.StagingArea;
import dev.slipway.persistence.Writes;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hibernate.SessionFactory;

/** Makes the parts by which profiles get to devices, and takes in the folder of profiles. */
@Singleton
final class RolloutWiring {

    private static final int BEFORE_ALL_OTHERS = 1;
    private static final UUID ANY_DEVICE = new UUID(0, 0);

    /** Half of the cores, so that devices which onboard meanwhile do not notice. */
    private static final int LOOKED_AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final SlipwayConfig config;

    RolloutWiring(SlipwayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    ContentFolder contentFolder() {
        return new ContentFolder(config.data().resolve("profile-files"));
    }

    @Produces
    @Singleton
    ContentStore contentStore(ContentFolder folder) {
        return new StagingArea(folder, config.limits().profileOctets());
    }

    @Produces
    @Singleton
    RevisionRows revisionRows(Writes writes, SessionFactory sessions, AuditRows audit, RandomSource random, ContentFolder folder) {
        return new RevisionRows(writes, sessions, audit, random, folder);
    }

    @Produces
    @Singleton
    StoredProfiles storedProfiles(RevisionRows rows, ConfigChanges changes) {
        return new StoredProfiles(rows, changes);
    }

    @Produces
    @Singleton
    DeviceSweep deviceSweep(DeviceRepository devices) {
        ExecutorService executor = Executors.newFixedThreadPool(LOOKED_AT_ONCE, Thread.ofPlatform().daemon().name("sweep-", 0).factory());
        return new DeviceSweep(devices, executor, LOOKED_AT_ONCE);
    }

    @Produces
    @Singleton
    Gate gate(DeviceSweep devices, CandidateConfigs configs, StoredProfiles profiles) {
        return new Gate(devices, configs, profiles);
    }

    @Produces
    @Singleton
    RolloutDiff rolloutDiff(DeviceSweep devices, CandidateConfigs configs, StoredProfiles profiles, RevisionStore store) {
        return new RolloutDiff(devices, configs, profiles, store);
    }

    @Produces
    @Singleton
    Rollout rollout(RevisionStore store, StoredProfiles profiles, Gate gate, AuditLog audit, Clock clock) {
        return new Rollout(store, profiles, gate, audit, clock);
    }

    /** What devices would get is known, and its parameters are there, before anybody is listened to. */
    void takeIn(
            @Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event,
            RevisionStore store,
            ContentStore contents,
            Rollout rollout,
            ProfileCatalogue profiles,
            CurrentInstallation installation) {
        Path templates = config.profiles().orElse(config.home().resolve("config-templates"));
        Optional<String> required = DefaultProfile.of(config);
        new ProfileIntake(templates, required, store, contents, rollout).run();
        required.map(name -> profiles.find(name, ANY_DEVICE).orElseThrow(() -> new Failure.NotFound("there is no profile '" + name + "'")))
                .ifPresent(available -> installation.check(available.profile()));
    }
}

package dev.slipway.ops;

import dev.slipway.device.DeviceRepository;
import dev.slipway.fdo.serviceinfo.Plan;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.OnboardingPlans;
import dev.slipway.ignition.Profile;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Makes the parts that are about what devices get. */
@Singleton
final class ConfigWiring {

    private final SlipwayConfig config;

    ConfigWiring(SlipwayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    ProfileFolder profileFolder() {
        Path templates = config.profiles().orElse(config.home().resolve("config-templates"));
        return ProfileFolder.of(templates, config.profile());
    }

    @Produces
    @Singleton
    DeviceConfigs deviceConfigs(ProfileFolder folder, RandomSource random) {
        Profile profile = folder.parse();
        ParameterFile parameters = new ParameterFile(config.data().resolve("parameters.yaml"), random);
        return new DeviceConfigs(profile, parameters.load(profile));
    }

    @Produces
    @Singleton
    Plan.Source plans(ProfileFolder folder, DeviceConfigs configs, DeviceRepository devices) {
        return new OnboardingPlans(configs, devices, ProfileFiles.of(folder, configs.profile().plan()));
    }
}

package dev.slipway.ignition.rollout;

import dev.slipway.device.Device;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ProfileCatalogue;
import java.util.Optional;
import java.util.UUID;

/** What devices would get if a profile were at some revision. Good for one thread. */
final class Trial {

    /** The profiles as they are, but for one; it notes whether that one was asked for. */
    private static final class WithCandidate implements ProfileCatalogue {

        private final ProfileCatalogue others;
        private final AvailableProfile candidate;
        private boolean asked;

        WithCandidate(ProfileCatalogue others, AvailableProfile candidate) {
            this.others = others;
            this.candidate = candidate;
        }

        @Override
        public Optional<AvailableProfile> find(String name, UUID device) {
            if (name.equals(candidate.profile().name())) {
                asked = true;
                return Optional.of(candidate);
            }
            return others.find(name, device);
        }
    }

    private final WithCandidate catalogue;
    private final DeviceConfigs configs;

    Trial(ProfileCatalogue others, AvailableProfile candidate, CandidateConfigs configs) {
        this.catalogue = new WithCandidate(others, candidate);
        this.configs = configs.with(catalogue);
    }

    /**
     * Empty if the device does not get the profile.
     *
     * @throws dev.slipway.failure.Failure.ConfigInvalid if it does, and the values for it do not fit
     */
    Optional<DeviceConfig> configOf(Device device) {
        catalogue.asked = false;
        try {
            DeviceConfig config = configs.of(device);
            return catalogue.asked ? Optional.of(config) : Optional.empty();
        } catch (NotYet e) {
            return Optional.empty();
        }
    }
}

package dev.slipway.ignition.rollout;

import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ProfileCatalogue;

/** Answers what devices would get if the profiles were others. */
@FunctionalInterface
public interface CandidateConfigs {

    /** Decides as for real, remembers nothing, and asks {@code profiles} for every profile. */
    DeviceConfigs with(ProfileCatalogue profiles);
}

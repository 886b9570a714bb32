package dev.slipway.ignition;

import java.util.Optional;
import java.util.UUID;

/** The profiles of this installation. */
public interface ProfileCatalogue {

    /**
     * A profile, at the revision that a device is to get.
     *
     * @return empty if there is no profile of this name
     */
    Optional<AvailableProfile> find(String name, UUID device);
}

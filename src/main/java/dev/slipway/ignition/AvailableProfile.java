package dev.slipway.ignition;

import dev.slipway.fdo.serviceinfo.Content;

/**
 * A profile that devices can be given.
 *
 * @param files that its plan sends
 */
public record AvailableProfile(Profile profile, LocalFiles files) {

    /** The files of a profile. */
    @FunctionalInterface
    public interface LocalFiles {

        /** @param source as a plan names it */
        Content open(String source);
    }
}

package dev.slipway.ignition;

import dev.slipway.fdo.serviceinfo.Content;

/**
 * A profile that devices can be given.
 *
 * @param files that its plan sends
 */
public record AvailableProfile(Profile profile, LocalFiles files) {

    /**
     * One that was taken in; its files are read from where they are kept.
     *
     * @throws dev.slipway.failure.Failure.ConfigInvalid with everything that is wrong with it
     */
    public static AvailableProfile of(String name, ProfileContents contents) {
        ManifestFiles files = new ManifestFiles(contents);
        return new AvailableProfile(
                Profile.parse(ProfileSource.of(name, contents)), source -> contents.open(files.file(source).orElse(source)));
    }

    /** The files of a profile. */
    @FunctionalInterface
    public interface LocalFiles {

        /** @param source as a plan names it */
        Content open(String source);
    }
}

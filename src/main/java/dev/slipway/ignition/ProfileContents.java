package dev.slipway.ignition;

import dev.slipway.failure.Failure;
import dev.slipway.fdo.serviceinfo.Content;

/** A profile as it was taken in: everything in it, wherever that is kept. It does not change. */
public interface ProfileContents {

    ProfileManifest manifest();

    /**
     * The contents of a file, read from where they are.
     *
     * @param path of a file in the manifest
     * @throws Failure.NotFound if it is none
     */
    Content open(String path);
}

package dev.slipway.ops;

import java.util.Optional;

/** What a device gets that nobody gave a profile. */
final class DefaultProfile {

    private static final String NONE = "none";

    private DefaultProfile() {}

    /** Empty if such a device waits. */
    static Optional<String> of(SlipwayConfig config) {
        return Optional.of(config.profile()).filter(name -> !name.equals(NONE));
    }
}

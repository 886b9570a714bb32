package dev.slipway.admin;

import dev.slipway.fdo.type.Guid;
import java.util.Optional;

/** GUIDs in paths. */
final class Guids {

    private Guids() {}

    /** Empty for what is none: then there is nothing of that name either. */
    static Optional<Guid> parse(String text) {
        try {
            return Optional.of(Guid.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

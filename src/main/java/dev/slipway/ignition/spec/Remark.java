package dev.slipway.ignition.spec;

import dev.slipway.failure.Finding.Position;
import dev.slipway.failure.Finding.Severity;
import java.util.Optional;

/**
 * One thing that was found in a config.
 *
 * @param id stable dotted name of the check: {@code ignition.unknown-key}
 * @param severity what it means here: an error refuses the config
 * @param inIgnition what Ignition itself makes of it; empty where it says nothing. It differs from {@code severity} where Slipway is
 *     stricter, or checks what Ignition does not
 * @param message a sentence for the author of the config; it quotes no value
 * @param position in the text; empty where the config was given as a tree
 */
public record Remark(String id, ConfigPath path, Severity severity, Optional<Severity> inIgnition, String message,
        Optional<Position> position) {

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    Remark at(Position place) {
        return new Remark(id, path, severity, inIgnition, message, Optional.of(place));
    }
}

package dev.slipway.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Which data folder is meant. */
final class DataOption {

    private DataOption() {}

    /** @param given by {@code --data} */
    static Path folder(Optional<Path> given) {
        return given.or(() -> Optional.ofNullable(System.getenv("SLIPWAY_DATA")).map(Path::of)).orElse(Path.of("slipway-data"));
    }
}

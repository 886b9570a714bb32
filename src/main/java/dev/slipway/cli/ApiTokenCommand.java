package dev.slipway.cli;

import dev.slipway.ops.ApiTokenFile;
import dev.slipway.ops.SystemRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway api-token}. */
@Command(
        name = "api-token",
        description = "The operator's token in the data folder, which opens the API. A running service sees changes at once.",
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ApiTokenCommand {

    @Spec
    private CommandSpec spec;

    @Command(description = "Makes a new token; the one before is void", mixinStandardHelpOptions = true)
    int renew(
            @Option(names = "--data", description = "data folder (default: $SLIPWAY_DATA, else ./slipway-data)") Optional<Path> data,
            @Option(
                            names = "--valid-for",
                            converter = TimeSpan.class,
                            paramLabel = "TIME",
                            description = "P90D or PT8H for instance (default: without an end)")
                    Optional<Duration> validFor) {
        Path folder = DataOption.folder(data);
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed("there is no data folder " + folder + "; name it with --data");
        }
        Optional<Instant> end = new ApiTokenFile(folder, Clock.systemUTC()).renew(new SystemRandom(), validFor);
        spec.commandLine().getOut().printf(
                "a new token is in %s, %s%n", folder.resolve("api-token"), end.map(instant -> "valid until " + instant).orElse("without an end"));
        return 0;
    }
}

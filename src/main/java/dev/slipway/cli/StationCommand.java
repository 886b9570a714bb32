package dev.slipway.cli;

import dev.slipway.ops.StationFolder;
import dev.slipway.ops.SystemRandom;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./slipway station}. */
@Command(
        name = "station",
        description = "Factory stations that may initialise devices from elsewhere than this machine. A running service sees changes at once.",
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class StationCommand {

    @Option(names = "--data", scope = ScopeType.INHERIT, description = "data folder (default: $SLIPWAY_DATA, else ./slipway-data)")
    private Optional<Path> data;

    @Spec
    private CommandSpec spec;

    private StationFolder stations() {
        Path folder = DataOption.folder(data);
        return new StationFolder(folder, new SystemRandom(), Clock.systemUTC());
    }

    @Command(description = "Adds a station, and prints its token, once: its URL is SERVICE/station/TOKEN", mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "NAME", description = "the station's name") String name,
            @Option(
                            names = "--valid-for",
                            converter = TimeSpan.class,
                            paramLabel = "TIME",
                            description = "P90D or PT8H for instance (default: until it is revoked)")
                    Optional<Duration> validFor) {
        spec.commandLine().getOut().println(stations().add(name, validFor));
        return 0;
    }

    @Command(description = "Lists all stations, and until when they may", mixinStandardHelpOptions = true)
    int list() {
        stations().list().forEach(station -> spec.commandLine().getOut().println(line(station)));
        return 0;
    }

    private static String line(StationFolder.Station station) {
        String word = station.hasExpired(Instant.now()) ? "  expired " : "  until ";
        return station.name() + station.expiresAt().map(end -> word + end).orElse("");
    }

    @Command(description = "Takes a station's token from it", mixinStandardHelpOptions = true)
    int revoke(@Parameters(paramLabel = "NAME", description = "the station's name") String name) {
        stations().revoke(name);
        return 0;
    }
}

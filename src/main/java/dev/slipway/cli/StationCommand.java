package dev.slipway.cli;

import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.ops.StationFolder;
import dev.slipway.ops.SystemRandom;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
                    Optional<Duration> validFor,
            @Option(
                            names = "--tpm",
                            converter = TpmPolicyWord.class,
                            paramLabel = "POLICY",
                            description = "what is asked of the keys of devices: none, prefer, require (default: slipway.manufacturer.tpm)")
                    Optional<TpmPolicy> tpm) {
        spec.commandLine().getOut().println(stations().add(name, validFor, tpm));
        return 0;
    }

    @Command(description = "Lists all stations, and until when they may", mixinStandardHelpOptions = true)
    int list() {
        stations().list().forEach(station -> spec.commandLine().getOut().println(line(station)));
        return 0;
    }

    private static String line(StationFolder.Station station) {
        String word = station.hasExpired(Instant.now()) ? "  expired " : "  until ";
        return station.name()
                + station.expiresAt().map(end -> word + end).orElse("")
                + station.tpm().map(policy -> "  tpm " + policy.word()).orElse("");
    }

    /** As people write it. */
    private static final class TpmPolicyWord implements ITypeConverter<TpmPolicy> {

        @Override
        public TpmPolicy convert(String word) {
            return TpmPolicy.find(word).orElseThrow(() -> new TypeConversionException("'" + word + "' is none of none, prefer, require"));
        }
    }

    @Command(description = "Takes a station's token from it", mixinStandardHelpOptions = true)
    int revoke(@Parameters(paramLabel = "NAME", description = "the station's name") String name) {
        stations().revoke(name);
        return 0;
    }
}

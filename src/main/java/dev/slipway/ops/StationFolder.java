package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.keystore.OwnerOnlyFile;
import dev.slipway.transport.Stations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The stations of an installation: a file for each in the data folder, whose name is the hash of the station's token and whose content is the
 * station's name, and in lines below the end of its time and what it asks of TPMs, if it has them. A running service sees changes at once.
 */
public final class StationFolder implements Stations {

    private static final String FOLDER = "stations";
    private static final int TOKEN_OCTETS = 32;
    private static final int MAX_TOKEN_CHARACTERS = 128;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Path folder;
    private final RandomSource random;
    private final Clock clock;

    public StationFolder(Path data, RandomSource random, Clock clock) {
        this.folder = data.resolve(FOLDER);
        this.random = random;
        this.clock = clock;
    }

    /**
     * @param expiresAt empty where its time has no end
     * @param tpm what it asks of the keys of devices; empty where it does as the service's settings say
     */
    public record Station(String name, Optional<Instant> expiresAt, Optional<TpmPolicy> tpm) {

        private static final String TPM = "tpm ";

        private static Station read(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            try {
                List<String> more = lines.stream().skip(1).toList();
                Optional<Instant> end = more.stream().filter(line -> !line.startsWith(TPM)).findFirst().map(Instant::parse);
                Optional<String> tpm = more.stream().filter(line -> line.startsWith(TPM)).findFirst().map(line -> line.substring(TPM.length()));
                return new Station(lines.getFirst(), end, tpm.map(word -> TpmPolicy.find(word).orElseThrow()));
            } catch (NoSuchElementException | DateTimeParseException e) {
                throw new IOException(file + " is not a station's file", e);
            }
        }

        private String write() {
            return name + expiresAt.map(end -> "\n" + end).orElse("") + tpm.map(policy -> "\n" + TPM + policy.word()).orElse("");
        }

        public boolean hasExpired(Instant now) {
            return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
        }
    }

    @Override
    public Optional<Stations.Station> find(String token) {
        if (token.length() > MAX_TOKEN_CHARACTERS) {
            return Optional.empty();
        }
        try {
            return Optional.of(Station.read(file(token)))
                    .filter(station -> !station.hasExpired(clock.instant()))
                    .map(station -> new Stations.Station(station.tpm()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /**
     * Adds a station.
     *
     * @param validFor empty for one whose time has no end
     * @param tpm what it asks of the keys of devices, if that is not what the service's settings say
     * @return its token, which is stored nowhere
     * @throws IllegalArgumentException if the name is not fit, or taken
     */
    public String add(String name, Optional<Duration> validFor, Optional<TpmPolicy> tpm) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a station's name; it has 1 to 64 letters, digits, dots, dashes or underscores");
        }
        if (fileOf(name).isPresent()) {
            throw new IllegalArgumentException("there is a station '" + name + "' already; revoke it first to give it a new token");
        }
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random.next(TOKEN_OCTETS).toArray());
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Station station = new Station(name, validFor.map(duration -> clock.instant().plus(duration).truncatedTo(ChronoUnit.SECONDS)), tpm);
            OwnerOnlyFile.write(file(token), station.write().getBytes(StandardCharsets.US_ASCII));
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }

    /** By name. */
    public List<Station> list() {
        return files().keySet().stream().sorted(Comparator.comparing(Station::name)).toList();
    }

    /** @throws IllegalArgumentException if there is no such station */
    public void revoke(String name) {
        Path file = fileOf(name).orElseThrow(() -> new IllegalArgumentException("there is no station '" + name + "'"));
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private Path file(String token) {
        Bytes octets = Bytes.owning(token.getBytes(StandardCharsets.UTF_8));
        return folder.resolve(HashType.SHA256.hash(octets).value().toHex());
    }

    private Optional<Path> fileOf(String name) {
        return files().entrySet().stream().filter(entry -> entry.getKey().name().equals(name)).map(Map.Entry::getValue).findFirst();
    }

    private Map<Station, Path> files() {
        Map<Station, Path> stations = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> HASH.matcher(file.getFileName().toString()).matches()).toList()) {
                stations.put(Station.read(file), file);
            }
            return stations;
        } catch (NoSuchFileException e) {
            return stations;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}

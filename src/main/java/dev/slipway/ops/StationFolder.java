package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.keystore.OwnerOnlyFile;
import dev.slipway.transport.fdo.Stations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The stations of an installation: a file for each in the data folder, whose name is the hash of the station's token and whose content is the
 * station's name. A running service sees changes at once.
 */
public final class StationFolder implements Stations {

    private static final String FOLDER = "stations";
    private static final int TOKEN_OCTETS = 32;
    private static final int MAX_TOKEN_CHARACTERS = 128;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Path folder;
    private final RandomSource random;

    public StationFolder(Path data, RandomSource random) {
        this.folder = data.resolve(FOLDER);
        this.random = random;
    }

    @Override
    public boolean know(String token) {
        return token.length() <= MAX_TOKEN_CHARACTERS && Files.isRegularFile(file(token));
    }

    /**
     * Adds a station.
     *
     * @return its token, which is stored nowhere
     * @throws IllegalArgumentException if the name is not fit, or taken
     */
    public String add(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a station's name; it has 1 to 64 letters, digits, dots, dashes or underscores");
        }
        if (names().containsKey(name)) {
            throw new IllegalArgumentException("there is a station '" + name + "' already; revoke it first to give it a new token");
        }
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random.next(TOKEN_OCTETS).toArray());
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            OwnerOnlyFile.write(file(token), name.getBytes(StandardCharsets.US_ASCII));
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }

    public List<String> list() {
        return List.copyOf(names().keySet());
    }

    /** @throws IllegalArgumentException if there is no such station */
    public void revoke(String name) {
        Path file = names().get(name);
        if (file == null) {
            throw new IllegalArgumentException("there is no station '" + name + "'");
        }
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

    private Map<String, Path> names() {
        Map<String, Path> names = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                names.put(Files.readString(file), file);
            }
            return names;
        } catch (NoSuchFileException e) {
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}

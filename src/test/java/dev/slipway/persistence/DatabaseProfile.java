package dev.slipway.persistence;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A database of its own for the tests, on disk as in production. */
public class DatabaseProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "test-data");
            return Map.of("slipway.data", data.toString(), "quarkus.http.test-port", "0", "quarkus.http.port", "8080");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

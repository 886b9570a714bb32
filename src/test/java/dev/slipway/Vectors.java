package dev.slipway;

import static org.assertj.core.api.Assertions.fail;

import dev.slipway.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Data of other implementations, kept beside the checkout. Each folder there has a README with origin and expected results. */
public final class Vectors {

    private Vectors() {}

    /** The file or folder {@code name} of the vectors; a test that needs one that is missing fails here. */
    public static Path file(String name) {
        Path path = Path.of(System.getProperty("basedir", "."), "..", "shared", "vectors", name).normalize();
        if (!Files.exists(path)) {
            fail("vector missing: " + path.toAbsolutePath() + " (the folder 'shared' belongs beside the checkout)");
        }
        return path;
    }

    public static Bytes bytes(String name) {
        try {
            return Bytes.owning(Files.readAllBytes(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.slipway.policy;

import dev.slipway.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of {@code src/test/resources/policies}. */
public final class Policies {

    private Policies() {}

    public static Path file(String name) {
        return Path.of(System.getProperty("basedir", "."), "src/test/resources/policies", name);
    }

    public static Bytes bytes(String name) {
        try {
            return Bytes.owning(Files.readAllBytes(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PolicyDocument read(String yaml) {
        return PolicyReader.read("p.yaml", Bytes.owning(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    public static String text(String name) {
        return new String(bytes(name).toArray(), StandardCharsets.UTF_8);
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of delivered profiles, and changes to them. */
final class ProfileFolders {

    private ProfileFolders() {}

    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
        return to;
    }

    static Path gateway(Path to) throws IOException {
        return copy(Commands.baseFolder().resolve("config-templates/edge-gateway"), to);
    }

    /** Changes one file, once. */
    static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    /** Another welcome in the config and all that is expected. */
    static void welcome(Path profile, String before, String after) throws IOException {
        edit(profile.resolve("config.ign.json"), before, after);
        try (Stream<Path> samples = Files.list(profile.resolve("samples"))) {
            for (Path sample : samples.filter(path -> path.toString().endsWith(".ign.json")).toList()) {
                edit(sample, before, after);
            }
        }
    }
}

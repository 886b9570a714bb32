package dev.slipway.ignition.butane;

import dev.slipway.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The local files of the vectors, as Butane had them: where a copy has made a file of a symbolic link, it is one again. */
public final class VectorFiles {

    private VectorFiles() {}

    /** @param folder empty */
    public static void copyTo(Path folder) throws IOException {
        Path files = Vectors.file("butane/files");
        List<Path> all;
        try (Stream<Path> walk = Files.walk(files)) {
            all = walk.filter(path -> !path.equals(files)).toList();
        }
        for (Path path : all) {
            Path copy = folder.resolve(files.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectory(copy);
            } else if (path.endsWith("link.conf")) {
                Files.createSymbolicLink(copy, Path.of("app.conf"));
            } else {
                Files.copy(path, copy);
            }
        }
    }
}

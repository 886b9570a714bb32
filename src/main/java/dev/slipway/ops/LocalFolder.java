package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.butane.LocalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder whose files a Butane config may embed.
 *
 * <p>Symbolic links are resolved before anything is read, so that none leads out of the folder. In a tree a link is not followed but
 * becomes a link on the device, and so may point anywhere.
 */
public final class LocalFolder implements LocalFiles {

    /** Octets of one file, and of all files of a tree; what they become has to fit into a config. */
    private static final int OCTETS = 4 << 20;

    /** Files, folders and links of one tree. */
    private static final int ENTRIES = 1000;

    /** Folders within folders. */
    private static final int DEPTH = 16;

    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private final Path folder;

    private LocalFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** @param folder need not exist: then there are no files; it must not be a symbolic link itself */
    public static LocalFolder of(Path folder) {
        return new LocalFolder(folder);
    }

    @Override
    public Bytes read(String path) throws Unavailable {
        Path file = resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new Unavailable("'" + path + "' among the local files is no file");
        }
        return contents(file, path, OCTETS);
    }

    @Override
    public List<Entry> tree(String path) throws Unavailable {
        Path root = resolve(path);
        if (!Files.isDirectory(root)) {
            throw new Unavailable("'" + path + "' among the local files is no folder");
        }
        Walk walk = new Walk();
        walk.visit(root, "", 0);
        return walk.entries;
    }

    /** The real file or folder behind a path, which lies inside. */
    private Path resolve(String path) throws Unavailable {
        try {
            Path root = folder.getParent().toRealPath().resolve(folder.getFileName());
            Path real = root.resolve(path).toRealPath();
            if (!real.startsWith(root)) {
                throw new Unavailable("'" + path + "' leads out of the folder of local files by a symbolic link; put a copy here");
            }
            return real;
        } catch (IOException e) {
            throw new Unavailable("there is no '" + path + "' among the local files");
        }
    }

    /** One walk through a tree. */
    private static final class Walk {

        private final List<Entry> entries = new ArrayList<>();
        private int octetsLeft = OCTETS;

        void visit(Path at, String path, int depth) throws Unavailable {
            if (entries.size() >= ENTRIES || depth > DEPTH) {
                throw new Unavailable("the tree holds more than " + ENTRIES + " entries, or more than " + DEPTH + " folders within each other");
            }
            if (Files.isSymbolicLink(at)) {
                entries.add(new Entry.Link(path, target(at)));
            } else if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                entries.add(new Entry.Folder(path));
                for (Path below : children(at)) {
                    visit(below, path.isEmpty() ? name(below) : path + "/" + name(below), depth + 1);
                }
            } else if (Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)) {
                Bytes contents = contents(at, path, octetsLeft);
                octetsLeft -= contents.length();
                entries.add(new Entry.File(path, isExecutable(at), contents));
            } else {
                entries.add(new Entry.Other(path));
            }
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new Failure.Internal("cannot list " + folder, e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new Failure.Internal("cannot read the link " + link, e);
        }
    }

    /** By anybody. */
    static boolean isExecutable(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(EXECUTE::contains);
        } catch (IOException e) {
            throw new Failure.Internal("cannot read the permissions of " + file, e);
        }
    }

    private static Bytes contents(Path file, String path, int limit) throws Unavailable {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] octets = in.readNBytes(limit + 1);
            if (octets.length > limit) {
                throw new Unavailable("with '" + path + "' the local files have more than " + OCTETS + " octets; let devices fetch it by URL");
            }
            return Bytes.owning(octets);
        } catch (IOException e) {
            throw new Failure.Internal("cannot read " + file, e);
        }
    }
}

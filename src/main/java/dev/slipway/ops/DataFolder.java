package dev.slipway.ops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The data folder, taken for this process alone, and closed to everybody but its owner. */
final class DataFolder {

    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");
    private static final String LOCK = "lock";
    private static final String DATABASE = "slipway.db";

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder if need be, and locks it for as long as this process lives.
     *
     * @throws StartException if it cannot be used, or another process uses it
     */
    static DataFolder take(Path path) {
        try {
            if (!Files.exists(path)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
            }
            Files.setPosixFilePermissions(path, OWNER_ONLY_FOLDER);
            ensure(path.resolve(LOCK));
            FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new StartException("the data folder " + path + " is in use by another process; stop that one, or name another folder with --data");
            }
            // A channel that nobody holds is closed some time, and its lock with it; the hook holds this one.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(channel)));
            // SQLite gives its other files the permissions of this one.
            ensure(path.resolve(DATABASE));
            return new DataFolder(path);
        } catch (IOException e) {
            throw new StartException("the data folder " + path + " cannot be used: " + e + "; name another with --data, or make it writable");
        }
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            // The process ends, and takes the lock with it.
        }
    }

    private static void ensure(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE));
        }
    }

    Path path() {
        return path;
    }
}

package dev.slipway.persistence;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.fdo.serviceinfo.Content;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Large files of profiles, in the data folder, each named by the SHA-256 of its contents. A file with such a name is whole and on disk: it is
 * written under another name, synced, and renamed.
 */
public final class ContentFolder {

    private static final String OWNER_ONLY = "rwx------";
    private static final String INCOMING = "incoming";

    /** How long a file stays that belongs to no revision: longer than it takes to make one. */
    private static final Duration GRACE = Duration.ofHours(6);

    private final Path folder;
    private final Path incoming;
    /** Held while it is decided whether a file is old, so that none is deleted that somebody has just made a new one. */
    private final Object deciding = new Object();

    /** @param folder made if need be */
    public ContentFolder(Path folder) {
        this.folder = folder;
        this.incoming = folder.resolve(INCOMING);
        try {
            for (Path path : new Path[] {folder, incoming}) {
                if (!Files.exists(path)) {
                    Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
                }
            }
        } catch (IOException e) {
            throw new Internal("cannot make the folder " + folder, e);
        }
    }

    /** Where the next file may be written. */
    Path newFile() {
        return incoming.resolve(UUID.randomUUID().toString());
    }

    /** Keeps a file that was written and synced. When this returns, it is on disk under its name. */
    void keep(Path file, Bytes sha256) throws IOException {
        Path target = path(sha256);
        synchronized (deciding) {
            if (Files.exists(target)) {
                // It may be about to be deleted: now it is a new one.
                Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
                Files.delete(file);
            } else {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private Path path(Bytes sha256) {
        return folder.resolve(sha256.toHex());
    }

    Content open(Bytes sha256, long length, Bytes sha384) {
        return new StoredFile(path(sha256), length, sha384);
    }

    /**
     * Deletes what belongs to nothing.
     *
     * @param used names of files that belong to something
     * @return how many were deleted
     */
    int deleteOrphans(Set<String> used, Instant now) {
        FileTime old = FileTime.from(now.minus(GRACE));
        int deleted = 0;
        try (Stream<Path> files = Stream.concat(Files.list(folder), Files.list(incoming))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!used.contains(file.getFileName().toString()) && deleteOlder(file, old)) {
                    deleted++;
                }
            }
        } catch (IOException e) {
            throw new Internal("cannot clean the folder " + folder, e);
        }
        return deleted;
    }

    /** @return whether it was there, and older */
    private boolean deleteOlder(Path file, FileTime than) throws IOException {
        synchronized (deciding) {
            try {
                boolean older = Files.getLastModifiedTime(file).compareTo(than) < 0;
                return older && Files.deleteIfExists(file);
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    private record StoredFile(Path file, long length, Bytes sha384) implements Content {

        @Override
        public Bytes read(long offset, int length) {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            try (FileChannel channel = FileChannel.open(file)) {
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, offset + buffer.position()) < 0) {
                        throw new EOFException(file + " has become shorter");
                    }
                }
                return Bytes.owning(buffer.array());
            } catch (IOException e) {
                throw new Internal("cannot read " + file + "; restore it from a backup, or apply its profile again", e);
            }
        }
    }
}

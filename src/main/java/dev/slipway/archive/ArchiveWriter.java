package dev.slipway.archive;

import dev.slipway.ignition.ProfileManifest.Entry;
import dev.slipway.ignition.ProfileManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a profile's folder as an archive. The same folder always gives the same octets. */
public final class ArchiveWriter {

    private static final int FILE = 0100644;
    private static final int EXECUTABLE = 0100755;

    private ArchiveWriter() {}

    /**
     * Writes it, and closes {@code out} when all of it is written.
     *
     * @param manifest of what is in the folder
     * @throws IOException if it cannot be read or written, or has changed since it was listed
     */
    @SuppressWarnings("resource")
    public static void write(Path folder, ProfileManifest manifest, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (Entry entry : manifest.entries()) {
            write(folder, entry, tar);
        }
        // Only now: what is closed before looks whole.
        tar.close();
    }

    private static void write(Path folder, Entry entry, TarArchiveOutputStream tar) throws IOException {
        switch (entry) {
            case Entry.Folder below -> put(new TarArchiveEntry(below.path() + "/"), tar);
            case Entry.Link link -> {
                TarArchiveEntry header = new TarArchiveEntry(link.path(), TarConstants.LF_SYMLINK);
                header.setLinkName(link.target());
                put(header, tar);
            }
            case Entry.File file -> {
                TarArchiveEntry header = new TarArchiveEntry(file.path());
                header.setMode(file.executable() ? EXECUTABLE : FILE);
                header.setSize(file.length());
                header.setLastModifiedTime(FileTime.fromMillis(0));
                tar.putArchiveEntry(header);
                try (InputStream contents = Files.newInputStream(folder.resolve(file.path()))) {
                    contents.transferTo(tar);
                }
                tar.closeArchiveEntry();
            }
        }
    }

    private static void put(TarArchiveEntry header, TarArchiveOutputStream tar) throws IOException {
        header.setLastModifiedTime(FileTime.fromMillis(0));
        tar.putArchiveEntry(header);
        tar.closeArchiveEntry();
    }
}

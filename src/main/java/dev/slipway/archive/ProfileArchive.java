package dev.slipway.archive;

import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.TooLarge;
import dev.slipway.ignition.ProfileLayout;
import dev.slipway.ignition.rollout.ContentStore;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads an archive of one profile into storage: its entries are {@code config.bu}, {@code files/etc/motd} and so on, perhaps with {@code ./}
 * before them, as {@code tar -C FOLDER -c .} writes them. Entries at the top that are for people are passed over, with what is
 * below them.
 */
public final class ProfileArchive {

    /** Octets of the headers, long names and padding between the contents of two entries. */
    private static final int HEADER_OCTETS = 64 * 1024;

    /** Entries, those that are passed over included. */
    private static final int ENTRIES = 4_000;

    /** How many times longer an archive may become when it is unpacked, beyond what every archive may: real ones shrink to a tenth, at most. */
    private static final int RATIO = 100;

    private static final long ANY_RATIO_OCTETS = 32L << 20;
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int EXECUTE = 0111;

    private final CountingInput packed;
    private final ContentStore.Staging staging;
    private long unpackedOctets;

    private ProfileArchive(InputStream packed, ContentStore.Staging staging) {
        this.packed = new CountingInput(packed);
        this.staging = staging;
    }

    /**
     * Reads all of it.
     *
     * @throws Malformed if it is no archive, is cut off, or holds what a profile cannot hold
     * @throws TooLarge if it is over a limit
     */
    public static void read(InputStream archive, ContentStore.Staging staging) {
        try {
            new ProfileArchive(archive, staging).read();
        } catch (BoundedInput.Exceeded e) {
            throw new TooLarge("a name or header in the archive is too long, or the archive unpacks to more than " + RATIO + " times its length");
        } catch (IOException | IllegalArgumentException e) {
            throw new Malformed("the archive cannot be read, or is cut off; send a tar archive of one profile's folder, plain or compressed with"
                    + " gzip");
        }
    }

    private void read() throws IOException {
        BoundedInput bounded = new BoundedInput(unpacked());
        TarArchiveInputStream tar = new TarArchiveInputStream(
                bounded, TarConstants.DEFAULT_BLKSIZE, TarConstants.DEFAULT_RCDSIZE, StandardCharsets.UTF_8.name(), false);
        int entries = 0;
        bounded.allow(HEADER_OCTETS);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (++entries > ENTRIES) {
                throw new TooLarge("the archive has more than " + ENTRIES + " entries; pack the files of the profile");
            }
            bounded.allow(Long.MAX_VALUE);
            take(entry, new Unpacking(tar));
            bounded.allow(HEADER_OCTETS);
        }
        if (entries == 0) {
            throw new Malformed("the archive is empty");
        }
        // The library takes the end of the input for that of the archive, which is a record of zeros.
        if (bounded.zerosAtEnd() < TarConstants.DEFAULT_RCDSIZE) {
            throw new EOFException("cut off between two entries");
        }
    }

    private InputStream unpacked() throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(packed);
        buffered.mark(2);
        int magic = buffered.read() << Byte.SIZE | buffered.read();
        buffered.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, HEADER_OCTETS) : buffered;
    }

    private void take(TarArchiveEntry entry, InputStream contents) throws IOException {
        String path = path(entry.getName());
        if (path.isEmpty() || ProfileLayout.isBelowForPeople(path)) {
            contents.transferTo(OutputStream.nullOutputStream());
        } else if (entry.isSymbolicLink()) {
            staging.link(path, entry.getLinkName());
        } else if (entry.isDirectory()) {
            staging.folder(path);
        } else if (isPlain(entry.getLinkFlag()) && !entry.isSparse()) {
            staging.file(path, (entry.getMode() & EXECUTE) != 0, contents);
        } else {
            throw new Malformed("the archive holds something that is no file, folder or symbolic link, or a file with holes, or one that is linked"
                    + " to another: " + path.replaceAll("\\p{Cntrl}", "?"));
        }
    }

    private static boolean isPlain(byte type) {
        return type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM;
    }

    /** Without what tar puts around it. */
    private static String path(String name) {
        String path = name.equals(".") ? "" : name.startsWith("./") ? name.substring(2) : name;
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The contents of an entry; it stops when they are out of all proportion to what came in. */
    private final class Unpacking extends FilterInputStream {

        Unpacking(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            unpackedOctets += Math.max(0, read);
            if (unpackedOctets > ANY_RATIO_OCTETS + RATIO * packed.count()) {
                throw new BoundedInput.Exceeded();
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}

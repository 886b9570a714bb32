package dev.slipway.persistence;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.failure.Failure.TooLarge;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.serviceinfo.Content;
import dev.slipway.fdo.type.HashType;
import dev.slipway.ignition.ProfileLayout;
import dev.slipway.ignition.ProfileManifest;
import dev.slipway.ignition.ProfileManifest.Entry;
import dev.slipway.ignition.rollout.ContentStore;
import dev.slipway.ignition.rollout.StagedContents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A profile on its way in: what will be in the database is in memory, and the rest on disk. */
public final class StagingArea implements ContentStore {

    /** Octets of a file that is kept in the database; larger ones are in the folder. */
    static final int SMALL_FILE_OCTETS = 16 * 1024;

    /** Octets of a profile that are kept in the database, which is what it needs in memory. */
    private static final int IN_DATABASE_OCTETS = 8 << 20;

    private static final int TARGET_CHARS = 4095;
    private static final int FINDINGS = 50;
    private static final int BUFFER_OCTETS = 64 * 1024;

    private final ContentFolder folder;
    private final long maxOctets;

    /** @param maxOctets of one profile, altogether */
    public StagingArea(ContentFolder folder, long maxOctets) {
        this.folder = folder;
        this.maxOctets = maxOctets;
    }

    @Override
    public Staging begin() {
        return new Incoming();
    }

    /**
     * @param small contents of files that go into the database, by path
     * @param sha384 of each file, by path
     */
    record Staged(ProfileManifest manifest, Map<String, Bytes> small, Map<String, Bytes> sha384, ContentFolder folder) implements StagedContents {

        @Override
        public Content open(String path) {
            Entry entry = manifest.find(path).orElseThrow(() -> new NotFound("the profile has no file " + path));
            return switch (entry) {
                case Entry.File file when small.containsKey(path) -> new SmallContent(small.get(path), sha384.get(path));
                case Entry.File file -> folder.open(file.sha256(), file.length(), sha384.get(path));
                case Entry.Link link -> throw new NotFound(path + " is a link");
                case Entry.Folder below -> throw new NotFound(path + " is a folder");
            };
        }
    }

    /** Contents that are in memory. */
    record SmallContent(Bytes octets, Bytes sha384) implements Content {

        @Override
        public long length() {
            return octets.length();
        }

        @Override
        public Bytes read(long offset, int length) {
            return octets.slice((int) offset, (int) offset + length);
        }
    }

    /** What comes in cannot be read, which is no trouble of the disk. */
    private static final class Unreadable extends IOException {

        private final transient IOException trouble;

        Unreadable(IOException trouble) {
            super(trouble);
            this.trouble = trouble;
        }
    }

    private final class Incoming implements Staging {

        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final Map<String, Bytes> small = new LinkedHashMap<>();
        private final Map<String, Bytes> sha384 = new LinkedHashMap<>();
        private final List<Finding> findings = new ArrayList<>();
        private long octets;
        private int octetsInDatabase;

        @Override
        public void folder(String path) {
            boolean isTop = path.equals(ProfileLayout.FILES) || path.equals(ProfileLayout.SAMPLES);
            if (!isTop && fits(path) && ProfileLayout.isLocal(path)) {
                add(new Entry.Folder(path));
            }
        }

        @Override
        public void link(String path, String target) {
            boolean isLocal = fits(path) && ProfileLayout.isLocal(path);
            if (!isLocal || target.isEmpty() || target.length() > TARGET_CHARS || target.chars().anyMatch(Character::isISOControl)) {
                refuse("profile.link", path, "a symbolic link has to be below " + ProfileLayout.FILES
                        + ", and its target a path; put a copy of the file here");
            } else {
                add(new Entry.Link(path, target));
            }
        }

        private boolean fits(String path) {
            if (entries.size() > 2 * ProfileLayout.ENTRIES + ProfileLayout.DOCUMENTS.size()) {
                throw new TooLarge("a profile has at most " + ProfileLayout.ENTRIES + " local files and folders, and as many samples; pack them");
            }
            ProfileLayout.complaint(path).ifPresent(text -> refuse("profile.path", path, text));
            return ProfileLayout.complaint(path).isEmpty();
        }

        private boolean fitsFile(String path) {
            boolean isTop = path.equals(ProfileLayout.FILES) || path.equals(ProfileLayout.SAMPLES);
            if (isTop) {
                refuse("profile.path", path, "there can be no file here");
            }
            return !isTop && fits(path);
        }

        private void add(Entry entry) {
            if (entries.putIfAbsent(entry.path(), entry) != null) {
                refuse("profile.duplicate", entry.path(), "this is there twice; keep one of them");
            }
        }

        private void refuse(String id, String path, String message) {
            if (findings.size() < FINDINGS) {
                findings.add(Finding.error(id, path.replaceAll("\\p{Cntrl}", "?"), message));
            }
        }

        @Override
        public void file(String path, boolean executable, InputStream contents) throws IOException {
            if (!fitsFile(path)) {
                contents.transferTo(OutputStream.nullOutputStream());
                return;
            }
            boolean isLocal = ProfileLayout.isLocal(path);
            byte[] start = contents.readNBytes((isLocal ? SMALL_FILE_OCTETS : ProfileLayout.DOCUMENT_OCTETS) + 1);
            if (!isLocal && start.length > ProfileLayout.DOCUMENT_OCTETS) {
                throw new TooLarge(path + " has more than the limit of " + ProfileLayout.DOCUMENT_OCTETS + " octets");
            }
            if (!isLocal || start.length <= SMALL_FILE_OCTETS) {
                keepSmall(path, isLocal && executable, Bytes.owning(start));
            } else {
                keepLarge(path, executable, start, contents);
            }
        }

        private void keepSmall(String path, boolean executable, Bytes contents) {
            count(contents.length());
            octetsInDatabase += contents.length();
            if (octetsInDatabase > IN_DATABASE_OCTETS) {
                throw new TooLarge("the documents, samples and small files of the profile have more than " + IN_DATABASE_OCTETS + " octets; pack them");
            }
            add(new Entry.File(path, executable, contents.length(), HashType.SHA256.hash(contents).value()));
            small.put(path, contents);
            sha384.put(path, HashType.SHA384.hash(contents).value());
        }

        private void count(int more) {
            octets += more;
            if (octets > maxOctets) {
                throw new TooLarge("the profile has more than " + maxOctets + " octets; set slipway.limits.profile-octets, or let devices fetch large"
                        + " files by URL");
            }
        }

        private void keepLarge(String path, boolean executable, byte[] start, InputStream rest) throws IOException {
            Path file = folder.newFile();
            MessageDigest sha256 = HashType.SHA256.newDigest();
            MessageDigest sha384Digest = HashType.SHA384.newDigest();
            try (FileChannel out = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                long length = 0;
                byte[] buffer = start;
                for (int read = start.length; read >= 0; read = read(rest, buffer)) {
                    count(read);
                    length += read;
                    sha256.update(buffer, 0, read);
                    sha384Digest.update(buffer, 0, read);
                    ByteBuffer written = ByteBuffer.wrap(buffer, 0, read);
                    while (written.hasRemaining()) {
                        out.write(written);
                    }
                    buffer = buffer == start ? new byte[BUFFER_OCTETS] : buffer;
                }
                out.force(true);
                Bytes hash = Bytes.owning(sha256.digest());
                folder.keep(file, hash);
                add(new Entry.File(path, executable, length, hash));
                sha384.put(path, Bytes.owning(sha384Digest.digest()));
            } catch (Unreadable e) {
                throw deleted(file, e.trouble);
            } catch (IOException e) {
                throw deleted(file, new Internal("cannot write " + file + "; see whether the disk is full", e));
            } catch (TooLarge e) {
                throw deleted(file, e);
            }
        }

        private static int read(InputStream rest, byte[] buffer) throws Unreadable {
            try {
                return rest.read(buffer);
            } catch (IOException e) {
                throw new Unreadable(e);
            }
        }

        private <E extends Exception> E deleted(Path file, E cause) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
            return cause;
        }

        @Override
        public StagedContents finish() {
            entries.values().stream().filter(entry -> ProfileLayout.isLocal(entry.path())).map(Entry::path).toList().forEach(this::addFolders);
            for (String top : List.of(ProfileLayout.FILES, ProfileLayout.SAMPLES)) {
                if (entries.keySet().stream().filter(path -> path.startsWith(top + "/")).count() > ProfileLayout.ENTRIES) {
                    refuse("profile.too-many-files", top, "there are more than " + ProfileLayout.ENTRIES + " files and folders; pack them");
                }
            }
            if (!findings.isEmpty()) {
                throw new ConfigInvalid(findings);
            }
            return new Staged(new ProfileManifest(List.copyOf(entries.values())), small, sha384, folder);
        }

        /** An archive may hold a file without the folders around it. */
        private void addFolders(String path) {
            String parent = path.substring(0, path.lastIndexOf('/'));
            if (!parent.equals(ProfileLayout.FILES)) {
                Entry known = entries.putIfAbsent(parent, new Entry.Folder(parent));
                if (known != null && !(known instanceof Entry.Folder)) {
                    refuse("profile.path", path, "this is below " + parent + ", which is no folder");
                } else {
                    addFolders(parent);
                }
            }
        }
    }
}

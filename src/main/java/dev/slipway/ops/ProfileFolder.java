package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.type.HashType;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.ProfileLayout;
import dev.slipway.ignition.ProfileLint;
import dev.slipway.ignition.ProfileManifest.Entry;
import dev.slipway.ignition.ProfileManifest;
import dev.slipway.ignition.ProfileSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One profile on disk: {@code config-templates/NAME/}.
 *
 * <p>Symbolic links are followed as long as they stay inside the folder; one that leaves it, or leads nowhere, is refused, so that a
 * profile from elsewhere cannot send this machine's files to a device. Beside a {@code config.bu} such a link may lie in {@code files/},
 * to become a link on the device, but is not followed either.
 */
public final class ProfileFolder {

    private static final String FILES = ProfileLayout.FILES;
    private static final int BUFFER_OCTETS = 64 * 1024;

    private final Path folder;

    private ProfileFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * @param templates the folder that holds a folder for each profile
     * @throws Failure.NotFound if there is no such profile
     */
    public static ProfileFolder of(Path templates, String name) {
        Path folder = templates.resolve(name);
        if (!ProfileLayout.isName(name) || !Files.isDirectory(folder)) {
            throw new Failure.NotFound("there is no profile '" + name + "' in " + templates.toAbsolutePath()
                    + "; set slipway.profile to the name of a folder there");
        }
        try {
            return new ProfileFolder(folder.toRealPath());
        } catch (IOException e) {
            throw new Failure.Internal("cannot read the profile folder " + folder, e);
        }
    }

    /** @throws Failure.ConfigInvalid with everything that is wrong with the profile */
    public Profile parse() {
        return Profile.parse(read());
    }

    /**
     * @param folder of the profile itself
     * @throws Failure.NotFound if it is none, or its name is not fit for a profile
     */
    public static ProfileFolder at(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real) && ProfileLayout.isName(real.getFileName().toString())) {
                return new ProfileFolder(real);
            }
        } catch (IOException e) {
            // Then there is no such folder.
        }
        throw new Failure.NotFound("there is no folder " + folder + " with a name that a profile may have: letters, digits, '.', '_' and '-'");
    }

    /** The profile and its samples; what cannot be read is a finding, too. */
    public ProfileLint lint() {
        try {
            ProfileLint lint = ProfileLint.of(read());
            List<Finding> findings = new ArrayList<>(lint.findings());
            strangers().forEach(name -> findings.add(new Finding("profile.unknown-file", name, Finding.Severity.WARNING,
                    "this is no part of a profile, and is passed over", Optional.empty())));
            return new ProfileLint(lint.profile(), lint.samples(), findings);
        } catch (Failure.ConfigInvalid e) {
            return new ProfileLint(Optional.empty(), List.of(), e.findings());
        }
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** What lies at the top of the folder and is no part of the profile: misspelt, perhaps. */
    private List<String> strangers() {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> !ProfileLayout.isForPeople(name) && ProfileLayout.complaint(name).isPresent())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Failure.Internal("cannot read the profile folder " + folder, e);
        }
    }

    /** @throws Failure.ConfigInvalid if a file is too large, is no regular file, or lies outside the folder */
    public ProfileSource read() {
        List<Finding> findings = new ArrayList<>();
        try {
            List<Entry> entries = new ArrayList<>();
            Map<String, Bytes> documents = new HashMap<>();
            for (String name : ProfileLayout.DOCUMENTS) {
                document(name, documents, entries, findings);
            }
            Set<String> localFiles = localFiles(documents.containsKey(ProfileSource.BUTANE), entries, findings);
            Map<String, Bytes> samples = new HashMap<>();
            for (Path sample : nodes(ProfileLayout.SAMPLES, findings)) {
                if (!Files.isDirectory(sample, LinkOption.NOFOLLOW_LINKS)) {
                    document(name(sample), samples, entries, findings);
                }
            }
            if (!findings.isEmpty()) {
                throw new Failure.ConfigInvalid(findings);
            }
            return new ProfileSource(
                    folder.getFileName().toString(), documents, localFiles, LocalFolder.of(folder.resolve(FILES)), samples,
                    new ProfileManifest(entries));
        } catch (IOException e) {
            throw new Failure.Internal("cannot read the profile folder " + folder, e);
        }
    }

    private void document(String name, Map<String, Bytes> documents, List<Entry> entries, List<Finding> findings) throws IOException {
        Path file = folder.resolve(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && isGood(file, ProfileLayout.DOCUMENT_OCTETS, findings)) {
            Bytes contents = Bytes.owning(Files.readAllBytes(file));
            documents.put(name, contents);
            entries.add(ProfileManifest.file(name, contents));
        }
    }

    private String name(Path path) {
        return folder.relativize(path).toString();
    }

    /**
     * The names of the files; everything that there is, with folders and links, goes to the entries.
     *
     * @param embedded whether a tree of them may become part of a config: then a link below is one on the device, and may point anywhere
     */
    private Set<String> localFiles(boolean embedded, List<Entry> entries, List<Finding> findings) throws IOException {
        Path root = folder.resolve(FILES);
        Set<String> names = new HashSet<>();
        for (Path path : nodes(FILES, findings)) {
            boolean isLink = Files.isSymbolicLink(path);
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                entries.add(new Entry.Folder(name(path)));
            } else if (isGood(path, ProfileLayout.LOCAL_FILE_OCTETS, embedded && isLink && !path.equals(root) ? new ArrayList<>() : findings)) {
                names.add(name(path));
                entries.add(isLink ? link(path) : file(path));
            } else if (isLink) {
                entries.add(link(path));
            }
        }
        return names;
    }

    /** Everything below a folder, without the folder itself. */
    private List<Path> nodes(String below, List<Finding> findings) throws IOException {
        Path root = folder.resolve(below);
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root, ProfileLayout.DEPTH)) {
            paths = walk.filter(path -> !path.equals(root) || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .limit(ProfileLayout.ENTRIES + 1L)
                    .toList();
        }
        if (paths.size() > ProfileLayout.ENTRIES) {
            findings.add(Finding.error("profile.too-many-files", root.toString(),
                    "there are more than " + ProfileLayout.ENTRIES + " files and folders; pack them"));
        }
        return paths;
    }

    private Entry link(Path path) throws IOException {
        return new Entry.Link(name(path), Files.readSymbolicLink(path).toString());
    }

    private Entry file(Path path) throws IOException {
        MessageDigest digest = HashType.SHA256.newDigest();
        long length = 0;
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            byte[] buffer = new byte[BUFFER_OCTETS];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                length += read;
            }
        }
        return new Entry.File(name(path), LocalFolder.isExecutable(path), length, Bytes.owning(digest.digest()));
    }

    private boolean isGood(Path file, long limit, List<Finding> findings) throws IOException {
        if (!Files.exists(file) || !file.toRealPath().startsWith(folder)) {
            findings.add(Finding.error("profile.link", file.toString(),
                    "the symbolic link leaves the folder of the profile or leads nowhere; put a copy of the file here"));
        } else if (!Files.isRegularFile(file)) {
            findings.add(Finding.error("profile.file-type", file.toString(), "this is no regular file; a profile holds files and folders only"));
        } else if (Files.size(file) > limit) {
            findings.add(Finding.error("profile.file-too-large", file.toString(), "the file has more than the limit of " + limit + " octets"));
        } else {
            return true;
        }
        return false;
    }
}

package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.ProfileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private static final List<String> DOCUMENTS = List.of(ProfileSource.CONFIG, ProfileSource.BUTANE, ProfileSource.PARAMETERS, ProfileSource.PLAN);
    private static final String FILES = "files";

    /** Octets of one document; a larger one is not read. */
    private static final long DOCUMENT_BYTES = 1 << 20;

    /** Files below {@code files/}. */
    private static final int LOCAL_FILES = 1000;

    /** Folders within folders below {@code files/}. */
    private static final int LOCAL_DEPTH = 16;

    /** Octets of one local file; they are streamed, never held in memory. */
    private static final long LOCAL_FILE_BYTES = 16L << 30;

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
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}") || !Files.isDirectory(folder)) {
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

    /** @throws Failure.ConfigInvalid if a file is too large, is no regular file, or lies outside the folder */
    public ProfileSource read() {
        List<Finding> findings = new ArrayList<>();
        try {
            Map<String, Bytes> documents = new HashMap<>();
            for (String name : DOCUMENTS) {
                Path file = folder.resolve(name);
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && isGood(file, DOCUMENT_BYTES, findings)) {
                    documents.put(name, Bytes.owning(Files.readAllBytes(file)));
                }
            }
            Set<String> localFiles = localFiles(documents.containsKey(ProfileSource.BUTANE), findings);
            if (!findings.isEmpty()) {
                throw new Failure.ConfigInvalid(findings);
            }
            return new ProfileSource(folder.getFileName().toString(), documents, localFiles, LocalFolder.of(folder.resolve(FILES)));
        } catch (IOException e) {
            throw new Failure.Internal("cannot read the profile folder " + folder, e);
        }
    }

    /**
     * The file behind a source of a plan, checked again, since the folder may have changed.
     *
     * @param source {@code files/…}, as in {@link ProfileSource#localFiles()}
     */
    public Path localFile(String source) {
        List<Finding> findings = new ArrayList<>();
        Path file = folder.resolve(source).normalize();
        try {
            if (!file.startsWith(folder.resolve(FILES)) || !Files.exists(file)) {
                throw new Failure.NotFound("the profile has no file " + source);
            }
            if (!isGood(file, LOCAL_FILE_BYTES, findings)) {
                throw new Failure.ConfigInvalid(findings);
            }
            return file.toRealPath();
        } catch (IOException e) {
            throw new Failure.Internal("cannot read " + file, e);
        }
    }

    /** @param embedded whether a tree of them may become part of a config: then a link below is one on the device, and may point anywhere */
    private Set<String> localFiles(boolean embedded, List<Finding> findings) throws IOException {
        Path root = folder.resolve(FILES);
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return Set.of();
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root, LOCAL_DEPTH)) {
            paths = walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).limit(LOCAL_FILES + 1L).toList();
        }
        if (paths.size() > LOCAL_FILES) {
            findings.add(Finding.error("profile.too-many-files", root.toString(), "there are more than " + LOCAL_FILES + " files; pack them"));
        }
        Set<String> names = new HashSet<>();
        for (Path path : paths) {
            boolean linkOfTree = embedded && !path.equals(root) && Files.isSymbolicLink(path);
            if (isGood(path, LOCAL_FILE_BYTES, linkOfTree ? new ArrayList<>() : findings)) {
                names.add(folder.relativize(path).toString());
            }
        }
        return names;
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

package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.serviceinfo.Content;
import dev.slipway.ignition.ProfileManifest.Entry;
import dev.slipway.ignition.butane.LocalFiles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A profile as it was read, before anything was checked.
 *
 * @param name of the folder
 * @param documents {@code config.ign.json} or {@code config.bu}, {@code parameters.yaml} and, where they are there, {@code plan.yaml} and
 *     {@code profile.yaml}, by name
 * @param localFiles the files that a plan may send, as {@code files/…} with forward slashes; their contents stay where they are and are
 *     streamed from there
 * @param embeddable the same files, below {@code files/}, for {@code config.bu} to embed; they are read while the profile is parsed
 * @param samples what is below {@code samples/}, by its whole path
 * @param manifest of all of it
 */
public record ProfileSource(
        String name,
        Map<String, Bytes> documents,
        Set<String> localFiles,
        LocalFiles embeddable,
        Map<String, Bytes> samples,
        ProfileManifest manifest) {

    public static final String CONFIG = "config.ign.json";
    public static final String BUTANE = "config.bu";
    public static final String PARAMETERS = "parameters.yaml";
    public static final String PLAN = "plan.yaml";
    public static final String PROFILE = "profile.yaml";

    public ProfileSource {
        documents = Map.copyOf(documents);
        localFiles = Set.copyOf(localFiles);
        samples = Map.copyOf(samples);
    }

    /** Without samples, and with local files that count nothing. */
    public ProfileSource(String name, Map<String, Bytes> documents, Set<String> localFiles, LocalFiles embeddable) {
        this(name, documents, localFiles, embeddable, Map.of(), ProfileManifest.of(documents));
    }

    /** With files that a plan may send, and none to embed. */
    public ProfileSource(String name, Map<String, Bytes> documents, Set<String> localFiles) {
        this(name, documents, localFiles, LocalFiles.NONE);
    }

    /**
     * One that was taken in.
     *
     * @throws Failure.ConfigInvalid if a link among its local files leads out or nowhere; one that may land on a device may do that
     */
    public static ProfileSource of(String name, ProfileContents contents) {
        Map<String, Bytes> documents = new HashMap<>();
        Map<String, Bytes> samples = new HashMap<>();
        for (Entry entry : contents.manifest().entries()) {
            if (ProfileLayout.DOCUMENTS.contains(entry.path())) {
                documents.put(entry.path(), whole(contents, entry.path()));
            } else if (ProfileLayout.isSample(entry.path())) {
                samples.put(entry.path(), whole(contents, entry.path()));
            }
        }
        ManifestFiles files = new ManifestFiles(contents);
        Report report = new Report();
        Set<String> localFiles = new HashSet<>();
        for (Entry entry : contents.manifest().entries()) {
            boolean isFolder = entry instanceof Entry.Folder;
            if (ProfileLayout.isLocal(entry.path()) && files.file(entry.path()).isPresent()) {
                localFiles.add(entry.path());
            } else if (ProfileLayout.isLocal(entry.path()) && !isFolder && !documents.containsKey(BUTANE)) {
                report.error("profile.link", entry.path(),
                        "the symbolic link leaves the local files or leads to no file of them; put a copy of the file here");
            }
        }
        report.throwIfFailed();
        return new ProfileSource(name, documents, localFiles, files, samples, contents.manifest());
    }

    private static Bytes whole(ProfileContents contents, String path) {
        Content content = contents.open(path);
        return content.read(0, (int) content.length());
    }

    /** Which revision this is: another one as soon as anything of the profile is added, removed or changed. */
    public ProfileRevision revision() {
        return new ProfileRevision(name, manifest.sha256());
    }
}

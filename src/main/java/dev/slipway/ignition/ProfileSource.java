package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.HashType;
import dev.slipway.ignition.butane.LocalFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A profile as it was read, before anything was checked.
 *
 * @param name of the folder
 * @param documents {@code config.ign.json} or {@code config.bu}, {@code parameters.yaml} and, where they are there, {@code plan.yaml} and
 *     {@code profile.yaml}, by name
 * @param localFiles the files that a plan may send, as {@code files/…} with forward slashes; their contents stay where they are and are
 *     streamed from there
 * @param embeddable the same files, below {@code files/}, for {@code config.bu} to embed; they are read while the profile is parsed
 */
public record ProfileSource(String name, Map<String, Bytes> documents, Set<String> localFiles, LocalFiles embeddable) {

    public static final String CONFIG = "config.ign.json";
    public static final String BUTANE = "config.bu";
    public static final String PARAMETERS = "parameters.yaml";
    public static final String PLAN = "plan.yaml";
    public static final String PROFILE = "profile.yaml";

    public ProfileSource {
        documents = Map.copyOf(documents);
        localFiles = Set.copyOf(localFiles);
    }

    /** With files that a plan may send, and none to embed. */
    public ProfileSource(String name, Map<String, Bytes> documents, Set<String> localFiles) {
        this(name, documents, localFiles, LocalFiles.NONE);
    }

    /** Which revision this is: another one as soon as a document is added, removed or changed. Local files do not count. */
    public ProfileRevision revision() {
        List<Bytes> parts = new ArrayList<>();
        new TreeMap<>(documents).forEach((document, octets) -> {
            parts.add(HashType.SHA256.hash(Bytes.owning(document.getBytes(StandardCharsets.UTF_8))).value());
            parts.add(HashType.SHA256.hash(octets).value());
        });
        return new ProfileRevision(name, HashType.SHA256.hash(parts.toArray(Bytes[]::new)).value());
    }
}

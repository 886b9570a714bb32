package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.butane.LocalFiles;
import java.util.Map;
import java.util.Set;

/**
 * A profile as it was read, before anything was checked.
 *
 * @param name of the folder
 * @param documents {@code config.ign.json} or {@code config.bu}, {@code parameters.yaml} and, where there is one, {@code plan.yaml}, by name
 * @param localFiles the files that a plan may send, as {@code files/…} with forward slashes; their contents stay where they are and are
 *     streamed from there
 * @param embeddable the same files, below {@code files/}, for {@code config.bu} to embed; they are read while the profile is parsed
 */
public record ProfileSource(String name, Map<String, Bytes> documents, Set<String> localFiles, LocalFiles embeddable) {

    public static final String CONFIG = "config.ign.json";
    public static final String BUTANE = "config.bu";
    public static final String PARAMETERS = "parameters.yaml";
    public static final String PLAN = "plan.yaml";

    public ProfileSource {
        documents = Map.copyOf(documents);
        localFiles = Set.copyOf(localFiles);
    }

    /** With files that a plan may send, and none to embed. */
    public ProfileSource(String name, Map<String, Bytes> documents, Set<String> localFiles) {
        this(name, documents, localFiles, LocalFiles.NONE);
    }
}

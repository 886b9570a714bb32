package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import java.util.Map;
import java.util.Set;

/**
 * A profile as it was read, before anything was checked.
 *
 * @param name of the folder
 * @param documents {@code config.ign.json}, {@code parameters.yaml} and, where there is one, {@code plan.yaml}, by name
 * @param localFiles the files that a plan may send, as {@code files/…} with forward slashes; their contents stay where they are and are
 *     streamed from there
 */
public record ProfileSource(String name, Map<String, Bytes> documents, Set<String> localFiles) {

    public static final String CONFIG = "config.ign.json";
    public static final String PARAMETERS = "parameters.yaml";
    public static final String PLAN = "plan.yaml";

    public ProfileSource {
        documents = Map.copyOf(documents);
        localFiles = Set.copyOf(localFiles);
    }
}

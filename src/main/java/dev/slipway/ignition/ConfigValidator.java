package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a config may be served: it parses, names a stable version, has only keys and types of that version, and its data URLs decode.
 *
 * @see "Ignition, Configuration Specification; Validation"
 */
public final class ConfigValidator {

    private ConfigValidator() {}

    /**
     * Everything that is wrong with {@code config}; empty when it may be served.
     *
     * @param name what the paths of the findings start with
     */
    public static List<Finding> findings(String name, Bytes config) {
        Report report = new Report();
        Json.read(name, config, report).ifPresent(document -> check(document, name + "#", report));
        return report.findings();
    }

    /** Checks a parsed config, or the outline of a template, in which a POJO node stands for a value that is not known yet. */
    static void check(JsonNode config, String at, Report report) {
        versionOf(config, at, report).ifPresent(version -> IgnitionSchema.of(version).check(config, at, report));
        checkDataUrls(config, at, report);
    }

    static Optional<IgnitionVersion> versionOf(JsonNode config, String at, Report report) {
        JsonNode version = config.path("ignition").path("version");
        if (!version.isTextual()) {
            report.error("ignition.version", at + "/ignition/version",
                    "the version of the specification is missing; write one of " + IgnitionVersion.known() + " as a string");
            return Optional.empty();
        }
        Optional<IgnitionVersion> known = IgnitionVersion.find(version.textValue());
        if (known.isEmpty()) {
            report.error("ignition.version", at + "/ignition/version",
                    "this is no version that Ignition accepts here; write one of " + IgnitionVersion.known());
        }
        return known;
    }

    private static void checkDataUrls(JsonNode node, String at, Report report) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String child = Pointer.child(at, entry.getKey());
            if (entry.getKey().equals("source") && entry.getValue().isTextual()) {
                checkDataUrl(entry.getValue().textValue(), child, report);
            }
            checkDataUrls(entry.getValue(), child, report);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                checkDataUrls(node.get(i), Pointer.child(at, i), report);
            }
        }
    }

    private static void checkDataUrl(String source, String at, Report report) {
        if (!DataUrl.is(source)) {
            return;
        }
        try {
            DataUrl.decode(source);
        } catch (DataUrl.Undecodable e) {
            report.error("ignition.data-url", at, "this data URL cannot be decoded: " + e.getMessage());
        }
    }
}

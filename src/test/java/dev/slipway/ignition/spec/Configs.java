package dev.slipway.ignition.spec;

import dev.slipway.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Configs in JSON with single quotes, and what is found in them. */
final class Configs {

    private Configs() {}

    static Bytes config(String version, String sections) {
        return bytes("{'ignition': {'version': '" + version + "'}" + (sections.isEmpty() ? "" : ", " + sections) + "}");
    }

    static Bytes bytes(String json) {
        return Bytes.owning(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** As {@code error $.storage.files.0.path}. */
    static List<String> found(String version, String sections) {
        return found(config(version, sections));
    }

    static List<String> found(Bytes config) {
        return ConfigValidator.validate(config).remarks().stream()
                .map(remark -> remark.severity().name().toLowerCase() + " " + remark.path())
                .toList();
    }
}

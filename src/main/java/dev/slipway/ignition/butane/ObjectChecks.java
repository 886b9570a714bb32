package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.List;
import java.util.Map;

/** What must hold of the single objects of a Butane config before it can be translated. */
final class ObjectChecks {

    private static final List<String> SOURCES = List.of("local", "inline", "source");
    private static final List<String> UNIT_SOURCES = List.of("contents", "contents_local");

    private final ButaneConfig config;
    private final SourceReport report;

    ObjectChecks(ButaneConfig config, SourceReport report) {
        this.config = config;
        this.report = report;
    }

    void check(JsonNode tree) {
        walk(tree, ConfigPath.ROOT);
        JsonNode storage = tree.path("storage");
        ConfigPath path = ConfigPath.ROOT.child("storage");
        Given.forEach(storage.path("files"), (file, i) -> mode(file, path.child("files").child(i), false));
        Given.forEach(storage.path("directories"), (folder, i) -> mode(folder, path.child("directories").child(i), true));
        Given.forEach(storage.path("filesystems"), (filesystem, i) -> mountUnit(filesystem, path.child("filesystems").child(i)));
        Given.forEach(storage.path("trees"), (source, i) -> tree(source, path.child("trees").child(i)));
    }

    /** Contents that come from two places, anywhere. */
    private void walk(JsonNode node, ConfigPath at) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            walk(entry.getValue(), at.child(entry.getKey()));
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), at.child(i));
            }
        }
        if (node.isObject()) {
            oneOf(node, at, SOURCES);
            oneOf(node, at, UNIT_SOURCES);
        }
    }

    private void oneOf(JsonNode node, ConfigPath at, List<String> sources) {
        List<String> given = sources.stream().filter(source -> Given.is(node, source)).toList();
        if (given.size() > 1) {
            report.error("butane.two-sources", at.child(given.getLast()), "contents come from one place: keep one of " + String.join(", ", given));
        }
    }

    private void mode(JsonNode node, ConfigPath at, boolean folder) {
        if (node.path("mode").isIntegralNumber() && FileMode.looksDecimal(node.get("mode").longValue(), folder)) {
            report.warning("butane.mode", at.child("mode"), "this mode is unusual, and would be usual in octal; write it with a zero in front");
        }
    }

    private void mountUnit(JsonNode filesystem, ConfigPath at) {
        if (!Given.isTrue(filesystem, "with_mount_unit")) {
            return;
        }
        boolean swap = config.dialect().hasSwapUnits() && Given.text(filesystem, "format").filter("swap"::equals).isPresent();
        if (!Given.isFilled(filesystem, "format")) {
            report.error("butane.mount-unit", at.child("format"), "the format is required where with_mount_unit is true");
        }
        if (!swap && !Given.isFilled(filesystem, "path")) {
            report.error("butane.mount-unit", at.child("path"), "the path is required where with_mount_unit is true");
        }
        boolean elsewhere = Given.text(filesystem, "path").filter(path -> !path.matches("(?s)/(etc|var)(/.*)?")).isPresent();
        if (elsewhere && config.dialect().mountsBelowEtcAndVar()) {
            report.error("butane.mount-unit", at.child("path"), "the path must be below /etc or /var where with_mount_unit is true");
        }
    }

    private void tree(JsonNode tree, ConfigPath at) {
        if (!Given.isFilled(tree, "local")) {
            report.error("butane.tree", at, "a tree needs 'local', a folder of local files");
        }
    }
}

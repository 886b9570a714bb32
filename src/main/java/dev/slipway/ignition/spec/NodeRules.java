package dev.slipway.ignition.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Files, directories and links, each by itself and among each other. */
final class NodeRules {

    private static final int PERMISSIONS = 07777;
    /** Set-user-ID, set-group-ID and sticky bit. */
    private static final int SPECIAL_BITS = 07000;
    private static final List<String> OWNERS = List.of("user", "group");

    private NodeRules() {}

    static void path(Subject node) {
        PathRules.required(node, "path");
    }

    static void owner(Subject owner) {
        if (owner.gives("id") && owner.filled("name").isPresent()) {
            owner.error("ignition.owner-twice", "give either id or name, not both");
        }
    }

    static void mode(Subject node) {
        OptionalLong mode = node.whole("mode");
        if (mode.isEmpty()) {
            return;
        }
        if (mode.getAsLong() < 0 || mode.getAsLong() > PERMISSIONS) {
            node.error("mode", "ignition.mode-range", "this is no file mode: write a decimal number from 0 to 4095; 0644 is 420, 0755 is 493");
        }
        if (!node.isFrom(IgnitionVersion.V3_6_0) && (mode.getAsLong() & SPECIAL_BITS) != 0) {
            node.warning("mode", "ignition.mode-special-bits",
                    "the set-user-ID, set-group-ID and sticky bits have no effect before version 3.6.0; raise ignition.version or leave them out");
        }
    }

    /** The mode that a file gets before version 3.6.0. */
    static long withoutSpecialBits(long mode) {
        return mode & ~SPECIAL_BITS;
    }

    static void overwrite(Subject file) {
        if (file.isTrue("overwrite") && !file.object("contents").gives("source") && !file.isUnknown("contents")) {
            file.error("overwrite", "ignition.overwrite-without-source",
                    "a file without contents.source cannot overwrite; add a source, \"data:,\" for an empty file");
        }
    }

    /** In a path that leads through a link of this config, the entry would land elsewhere. */
    static void linksInPaths(Subject storage) {
        List<String> links = new ArrayList<>();
        storage.objects("links").forEach(link -> link.known("path").ifPresent(path -> links.add(path + "/")));
        if (links.isEmpty()) {
            return;
        }
        for (String list : List.of("directories", "files", "links")) {
            for (Subject node : storage.objects(list)) {
                node.text("path").filter(path -> links.stream().anyMatch(path::startsWith)).ifPresent(path ->
                        node.error("ignition.path-through-link", "the path leads through a link of this config; write where the link leads"));
            }
        }
    }

    static void links(Subject storage) {
        Set<String> directories = new HashSet<>();
        storage.objects("directories").forEach(directory -> directory.text("path").ifPresent(directories::add));
        for (Subject link : storage.objects("links")) {
            if (link.lacks("target")) {
                withoutTarget(link);
            }
            if (link.isTrue("hard") && (!link.lacks("target") || !link.isFrom(IgnitionVersion.V3_3_0))) {
                hard(link, directories);
            }
        }
    }

    private static void withoutTarget(Subject link) {
        String message = "a link needs a target; write the path that it leads to";
        if (link.isFrom(IgnitionVersion.V3_3_0)) {
            link.error("target", "ignition.link-without-target", message);
        } else {
            link.advice("target", "ignition.link-without-target", message);
        }
    }

    private static void hard(Subject link, Set<String> directories) {
        if (PathRules.linkTarget(link).filter(directories::contains).isPresent()) {
            link.error("ignition.hard-link-to-directory", "a hard link cannot lead to a directory; leave out 'hard' or name a file");
        }
        for (String owner : OWNERS) {
            for (String field : List.of("id", "name")) {
                if (link.object(owner).gives(field)) {
                    link.object(owner).warning(field, "ignition.hard-link-owner",
                            "a hard link has the owner of the file it leads to; leave out user and group");
                }
            }
        }
    }

    /** What systemd reads from /etc is written by the units section. */
    static void unitPaths(Subject config) {
        Set<String> units = new HashSet<>();
        for (Subject unit : config.object("systemd").objects("units")) {
            String path = "/etc/systemd/system/" + unit.text("name").orElse("");
            unit.filled("contents").ifPresent(contents -> units.add(path));
            for (Subject dropin : unit.objects("dropins")) {
                dropin.filled("contents").ifPresent(contents -> units.add(path + ".d/" + dropin.text("name").orElse("")));
            }
        }
        if (units.isEmpty()) {
            return;
        }
        for (String list : List.of("files", "directories", "links")) {
            for (Subject node : config.object("storage").objects(list)) {
                node.text("path").filter(units::contains).ifPresent(path -> node.error("path", "ignition.path-of-unit",
                        "a unit or drop-in of systemd.units is written to this path, too; keep one of the two"));
            }
        }
    }
}

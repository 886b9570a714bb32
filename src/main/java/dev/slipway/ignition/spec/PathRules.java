package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths on the device: given, absolute, and written in the shortest way, so that equal paths are equal texts. */
final class PathRules {

    private PathRules() {}

    static void required(Subject subject, String field) {
        if (subject.lacks(field)) {
            subject.error(field, "ignition.path-missing", "a path is required here; write an absolute one, such as /etc/motd");
        } else {
            optional(subject, field);
        }
    }

    static void optional(Subject subject, String field) {
        subject.filled(field).ifPresent(path -> check(path, subject.path().child(field), subject.remarks()));
    }

    static void raidDevices(Subject raid) {
        JsonNode devices = raid.node().path("devices");
        for (int i = 0; i < devices.size(); i++) {
            if (!devices.get(i).isPojo()) {
                check(devices.get(i).asText(""), raid.path().child("devices").child(i), raid.remarks());
            }
        }
    }

    private static void check(String path, ConfigPath at, Remarks remarks) {
        if (path.isEmpty()) {
            remarks.error(at, "ignition.path-missing", "a path is required here; write an absolute one, such as /dev/vda");
        } else if (!path.startsWith("/")) {
            remarks.error(at, "ignition.path-relative", "this path is relative; write an absolute one, which starts with /");
        } else if (!isClean(path)) {
            remarks.error(at, "ignition.path-not-clean",
                    "this path can be written shorter: leave out //, /./, /../ and a slash at the end");
        }
    }

    /** Of an absolute path. */
    private static boolean isClean(String path) {
        if (path.length() == 1) {
            return true;
        }
        for (int start = 1; start <= path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int length = end - start;
            if (length == 0 || path.startsWith(".", start) && (length == 1 || length == 2 && path.charAt(start + 1) == '.')) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Where a hard link leads; a relative target is taken from the link's own path, as Ignition does when it checks. */
    static Optional<String> linkTarget(Subject link) {
        return link.filled("target").map(target -> clean(target.startsWith("/") ? target : link.text("path").orElse("") + "/" + target));
    }

    private static String clean(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }
}

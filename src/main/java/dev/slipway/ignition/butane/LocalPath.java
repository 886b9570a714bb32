package dev.slipway.ignition.butane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths as they are written in a config. */
final class LocalPath {

    private LocalPath() {}

    /** Relative to the folder of local files, without {@code .}, {@code ..} and empty segments; empty if it leaves the folder. */
    static Optional<String> inside(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                if (segments.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return Optional.of(String.join("/", segments));
    }

    /** {@code path} below {@code folder} on the device; {@code ..} above the root is the root. */
    static String join(String folder, String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : (folder + "/" + path).split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return (folder.startsWith("/") ? "/" : "") + String.join("/", segments);
    }
}

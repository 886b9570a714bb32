package dev.slipway.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A difference for people: each line that went or came, with its sign. */
final class ChangeText {

    private static final int CONTEXT = 2;

    /** Lines of both texts together, beyond which they are not compared line by line. */
    private static final int COMPARED_LINES = 2_000;

    private ChangeText() {}

    /** @param before empty where there was nothing */
    static List<String> lines(String path, Optional<String> before, Optional<String> after, boolean secret) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + Text.printable(path) + (before.isEmpty() ? " (added)" : after.isEmpty() ? " (removed)" : ""));
        if (secret && before.equals(after)) {
            lines.add("    ~ a secret in it has changed: " + Text.printable(before.orElse("").strip()));
        } else {
            lines.addAll(changed(split(before), split(after)));
        }
        return lines;
    }

    private static String[] split(Optional<String> text) {
        return text.map(given -> given.replaceFirst("\n$", "").split("\n", -1)).orElseGet(() -> new String[0]);
    }

    private static List<String> changed(String[] before, String[] after) {
        if (before.length + after.length > COMPARED_LINES) {
            return Stream.concat(
                            Arrays.stream(before).map(line -> "    - " + Text.printable(line)), Arrays.stream(after).map(line -> "    + " + Text.printable(line)))
                    .toList();
        }
        int[][] common = common(before, after);
        List<String> all = new ArrayList<>();
        int old = 0;
        int young = 0;
        while (old < before.length || young < after.length) {
            if (old < before.length && young < after.length && before[old].equals(after[young])) {
                all.add("      " + Text.printable(before[old++]));
                young++;
            } else if (old < before.length && (young == after.length || common[old + 1][young] >= common[old][young + 1])) {
                all.add("    - " + Text.printable(before[old++]));
            } else {
                all.add("    + " + Text.printable(after[young++]));
            }
        }
        return withoutDistantContext(all);
    }

    /** Lengths of the longest common subsequence of what is left of both, from each place. */
    private static int[][] common(String[] before, String[] after) {
        int[][] common = new int[before.length + 1][after.length + 1];
        for (int old = before.length - 1; old >= 0; old--) {
            for (int young = after.length - 1; young >= 0; young--) {
                common[old][young] = before[old].equals(after[young])
                        ? common[old + 1][young + 1] + 1
                        : Math.max(common[old + 1][young], common[old][young + 1]);
            }
        }
        return common;
    }

    private static List<String> withoutDistantContext(List<String> all) {
        List<String> near = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<String> around = all.subList(Math.max(0, i - CONTEXT), Math.min(all.size(), i + CONTEXT + 1));
            if (around.stream().anyMatch(line -> line.charAt(4) != ' ')) {
                near.add(all.get(i));
            } else if (!near.isEmpty() && !near.getLast().equals("      …")) {
                near.add("      …");
            }
        }
        return near;
    }
}

package dev.slipway.policy;

import dev.slipway.bytes.Bytes;
import java.util.List;

/** Writes proposals as {@link PolicyReader} reads them, with remarks for whoever decides about them. */
final class PolicyText {

    private static final int INDENT = 2;

    private final StringBuilder text = new StringBuilder();

    /** What is proposed is for people to look at before it is applied. */
    PolicyText remark(int depth, String remark) {
        return line(depth, "# " + printable(remark));
    }

    PolicyText line(int depth, String line) {
        text.append(" ".repeat(depth * INDENT)).append(line).append('\n');
        return this;
    }

    PolicyText digest(int depth, Bytes digest, String what) {
        return line(depth, "- " + digest.toHex() + (what.isEmpty() ? "" : " # " + printable(what)));
    }

    /** Some of many, for a remark. */
    static String some(List<String> names) {
        int shown = Math.min(names.size(), 5);
        return String.join(", ", names.subList(0, shown)) + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "");
    }

    /** A text between quotes: machines and files have names of their own choice. */
    static String quoted(String text) {
        return '"' + printable(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

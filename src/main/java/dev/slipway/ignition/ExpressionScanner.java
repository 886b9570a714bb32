package dev.slipway.ignition;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a string of a template into text and CEL expressions between {@code {{} and {@code }}}.
 *
 * <p>Inside an expression, string literals, comments and the braces of maps are recognised, so that {@code {{ '}}' }} and
 * {@code {{ {'a': {'b': 1}}['a'] }}} end where they should. In text, {@code ${VAR}}, single braces and {@code }}} mean nothing.
 */
final class ExpressionScanner {

    /** A part of a string. */
    sealed interface Part {
        record Text(String text) implements Part {}

        /** What stands between the braces, without them and without surrounding blanks. */
        record Code(String code) implements Part {}
    }

    /** An expression is not closed. */
    static final class Unclosed extends Exception {
        Unclosed(String message) {
            super(message, null, false, false);
        }
    }

    private final String string;
    private int at;

    private ExpressionScanner(String string) {
        this.string = string;
    }

    static List<Part> scan(String string) throws Unclosed {
        return new ExpressionScanner(string).parts();
    }

    private List<Part> parts() throws Unclosed {
        List<Part> parts = new ArrayList<>();
        while (at < string.length()) {
            int open = string.indexOf("{{", at);
            int textEnd = open < 0 ? string.length() : open;
            if (textEnd > at) {
                parts.add(new Part.Text(string.substring(at, textEnd)));
            }
            at = textEnd;
            if (open >= 0) {
                int from = open + 2;
                at = from;
                skipExpression(open);
                parts.add(new Part.Code(string.substring(from, at - 2).strip()));
            }
        }
        return parts;
    }

    /** Leaves {@code at} behind the closing braces. */
    private void skipExpression(int open) throws Unclosed {
        int depth = 0;
        while (at < string.length()) {
            char c = string.charAt(at);
            if (c == '\'' || c == '"') {
                skipLiteral(c, open);
                continue;
            }
            if (c == '/' && string.startsWith("//", at)) {
                int lineEnd = string.indexOf('\n', at);
                at = lineEnd < 0 ? string.length() : lineEnd;
                continue;
            }
            if (c == '{') {
                depth++;
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (c == '}' && string.startsWith("}}", at)) {
                at += 2;
                return;
            }
            at++;
        }
        throw new Unclosed("the expression that starts at character " + (open + 1) + " has no closing }}; for a literal pair of braces write"
                + " {{ '{{' }}");
    }

    private void skipLiteral(char quote, int open) throws Unclosed {
        boolean raw = isRaw();
        String triple = String.valueOf(quote).repeat(3);
        String end = string.startsWith(triple, at) ? triple : String.valueOf(quote);
        at += end.length();
        while (at < string.length()) {
            if (string.startsWith(end, at)) {
                at += end.length();
                return;
            }
            at += string.charAt(at) == '\\' && !raw ? 2 : 1;
        }
        throw new Unclosed("the expression that starts at character " + (open + 1) + " has a string literal without its closing " + end);
    }

    /** CEL prefixes raw literals with r, also together with b for octets. */
    private boolean isRaw() {
        int i = at - 1;
        boolean raw = false;
        while (i >= 0 && "rRbB".indexOf(string.charAt(i)) >= 0) {
            raw |= "rR".indexOf(string.charAt(i)) >= 0;
            i--;
        }
        return raw && (i < 0 || !Character.isLetterOrDigit(string.charAt(i)) && string.charAt(i) != '_');
    }
}

package dev.slipway.ignition;

import java.util.Set;

/**
 * Follows the text of a systemd unit up to each expression and tells which rule holds for its value there.
 *
 * @see "systemd.syntax(7); systemd.service(5), Command lines"
 */
final class UnitLint implements RuleFinder {

    /** Directives whose value is text for people: not split into words, no quotes. */
    private static final Set<String> FREE_TEXT = Set.of("Description");

    private final StringBuilder line = new StringBuilder();
    private char quote;

    @Override
    public void pass(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                endLine();
                continue;
            }
            boolean escaped = !line.isEmpty() && line.charAt(line.length() - 1) == '\\';
            if ((c == '"' || c == '\'') && !escaped && line.indexOf("=") >= 0) {
                quote = quote == 0 ? c : quote == c ? 0 : quote;
            }
            line.append(c);
        }
    }

    private void endLine() {
        boolean continues = !line.isEmpty() && line.charAt(line.length() - 1) == '\\' && !isComment();
        if (continues) {
            line.setCharAt(line.length() - 1, ' ');
        } else {
            line.setLength(0);
            quote = 0;
        }
    }

    @Override
    public ValueRule rule() throws Misplaced {
        if (isComment()) {
            passValue();
            return ValueRule.UNIT_TEXT;
        }
        String text = line.toString();
        int equals = text.indexOf('=');
        if (equals < 0 || text.stripLeading().startsWith("[")) {
            throw new Misplaced("in a unit, an expression must stand after the = of a directive; whole lines, names and sections are written"
                    + " out, and left out with $when");
        }
        if (text.endsWith("\\") || isOpenSpecifier(text)) {
            throw new Misplaced("the character before the expression would change the meaning of its value; write %% for a percent sign");
        }
        passValue();
        if (FREE_TEXT.contains(text.substring(0, equals).strip())) {
            return ValueRule.UNIT_TEXT;
        }
        return quote == 0 ? ValueRule.UNIT_WORD : ValueRule.UNIT_QUOTED;
    }

    private void passValue() {
        line.append('x');
    }

    private boolean isComment() {
        String start = line.toString().stripLeading();
        return start.startsWith("#") || start.startsWith(";");
    }

    private static boolean isOpenSpecifier(String text) {
        int percents = 0;
        while (percents < text.length() && text.charAt(text.length() - 1 - percents) == '%') {
            percents++;
        }
        return percents % 2 == 1;
    }
}

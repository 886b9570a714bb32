package dev.slipway.ignition.spec;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a systemd unit or drop-in, read as Ignition reads it: well enough to tell whether it is one.
 *
 * <p>What stands before the first section is passed over. A comment and a value go on in the next line after a backslash at the end.
 *
 * @see "systemd.syntax(7); go-systemd, package unit"
 */
final class UnitFile {

    /** Octets of a line; only seen where the reader has them in its buffer at once. */
    private static final int LINE = 2048;

    private static final int BUFFER = 4096;
    private static final int END = -1;

    private static final class Bad extends Exception {
        Bad(String message) {
            super(message, null, false, false);
        }
    }

    private final byte[] text;
    private int at;
    private int buffered;
    private String section = "";
    private boolean hasInstall;

    private UnitFile(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param complaint why it is no unit file; empty if it is one
     * @param hasInstall whether there is a directive in a section {@code [Install]}
     */
    record Reading(Optional<String> complaint, boolean hasInstall) {}

    static Reading read(String text) {
        UnitFile file = new UnitFile(text);
        try {
            file.beforeSections();
            return new Reading(Optional.empty(), file.hasInstall);
        } catch (Bad e) {
            return new Reading(Optional.of(e.getMessage()), file.hasInstall);
        }
    }

    private void beforeSections() throws Bad {
        for (int c = next(); c != END; c = next()) {
            if (c == '[') {
                sections();
                return;
            }
            if (isComment(c)) {
                comment();
            }
            checkLine();
        }
    }

    /** From after the opening bracket of the first section to the end. */
    private void sections() throws Bad {
        sectionName();
        while (at < text.length) {
            checkLine();
            int start = at;
            boolean isSpace = spaceAt(at) > 0;
            int c = next();
            if (c == '[') {
                sectionName();
            } else if (isComment(c)) {
                comment();
            } else if (!isSpace) {
                at = start;
                directive();
            }
        }
    }

    private void sectionName() throws Bad {
        checkLine();
        int close = indexOf(']');
        if (close < 0) {
            throw new Bad("a section header is not closed by a bracket");
        }
        section = new String(text, at, close - at, StandardCharsets.UTF_8);
        moveTo(close + 1);
        checkLine();
        if (!isBlank(at, lineEnd())) {
            throw new Bad("there is text behind the bracket of a section header");
        }
        nextLine();
    }

    private void comment() throws Bad {
        checkLine();
        boolean continues = true;
        while (continues && at < text.length) {
            int end = lineEnd();
            int last = end > at && text[end - 1] == ' ' ? end - 1 : end;
            continues = last > at && text[last - 1] == '\\';
            nextLine();
        }
    }

    private void directive() throws Bad {
        int c = next();
        while (c != '=') {
            if (c == END || c == '\n' || c == '\r') {
                throw new Bad("a line has no '=' between name and value");
            }
            c = next();
        }
        boolean continues = true;
        while (continues) {
            checkLine();
            int end = lineEnd();
            continues = end > at && text[end - 1] == '\\' && !isBlank(at, end);
            nextLine();
        }
        hasInstall |= section.equals("Install");
    }

    /** Index of the next line feed, without a carriage return that ends the text; the end of the text where there is none. */
    private int lineEnd() {
        int feed = indexOf('\n');
        if (feed >= 0) {
            return feed;
        }
        return text.length > at && text[text.length - 1] == '\r' ? text.length - 1 : text.length;
    }

    private void nextLine() {
        int feed = indexOf('\n');
        moveTo(feed < 0 ? text.length : feed + 1);
    }

    private int indexOf(char c) {
        for (int i = at; i < text.length; i++) {
            if (text[i] == c) {
                return i;
            }
        }
        return -1;
    }

    /** The next character, of which only the first octet matters. */
    private int next() {
        if (at == text.length) {
            return END;
        }
        int end = at + 1;
        while (end < text.length && (text[end] & 0xc0) == 0x80) {
            end++;
        }
        buffer(end);
        int first = text[at] & 0xff;
        at = end;
        return first;
    }

    private void buffer(int end) {
        if (end > buffered) {
            buffered = Math.min(text.length, at + BUFFER);
        }
    }

    /** Reads on to {@code target}, buffer by buffer. */
    private void moveTo(int target) {
        while (buffered < target) {
            if (buffered - at >= BUFFER) {
                at = buffered;
            }
            buffered = Math.min(text.length, at + BUFFER);
        }
        at = target;
    }

    private void checkLine() throws Bad {
        if (buffered - at >= LINE) {
            for (int i = at; i < at + LINE; i++) {
                if (text[i] == '\n' || text[i] == '\r') {
                    return;
                }
            }
            throw new Bad("a line has " + LINE + " octets or more");
        }
    }

    private boolean isBlank(int start, int end) {
        int i = start;
        while (i < end && spaceAt(i) > 0) {
            i += spaceAt(i);
        }
        return i >= end;
    }

    /** How many octets the white space at {@code index} has; 0 where there is none. */
    private int spaceAt(int index) {
        int c = text[index] & 0xff;
        if (c < 0x80) {
            return c == ' ' || c >= '\t' && c <= '\r' ? 1 : 0;
        }
        int length = c >= 0xe0 ? 3 : 2;
        if (index + length > text.length) {
            return 0;
        }
        int symbol = new String(text, index, length, StandardCharsets.UTF_8).codePointAt(0);
        return symbol == 0x85 || Character.isSpaceChar(symbol) ? length : 0;
    }

    private static boolean isComment(int c) {
        return c == '#' || c == ';';
    }
}

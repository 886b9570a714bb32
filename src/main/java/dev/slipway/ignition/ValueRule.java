package dev.slipway.ignition;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a value may look like at the place it lands in, and how it is written there, so that it stays one value.
 *
 * <p>A value is refused rather than repaired, except where the format has an escape that means the same text again.
 */
enum ValueRule {
    /** The contents of a file: any text. */
    FILE_TEXT,
    /** One field of the config: stops a second line, say a second SSH key in a file of keys. */
    LINE,
    /** One word of a list that other programs join with blanks or commas: stops a second kernel argument or mount option. */
    WORD,
    /** One plain word: stops whatever a text means something by that is written around it without escapes. */
    PLAIN,
    /** One segment of a path: stops a way out of the folder. */
    PATH_SEGMENT,
    /** Part of a unit's name, which is a file name, too. */
    UNIT_NAME,
    /** A comment or description in a unit: a backslash at the end would join the next line. */
    UNIT_TEXT,
    /** In quotes in a unit's directive: stops a way out of the quotes. */
    UNIT_QUOTED,
    /** Elsewhere in a unit's directive: stops a second argument, variable or command, and the empty value, which resets a list. */
    UNIT_WORD,
    /** In the path of a URL; a segment of dots would lead elsewhere. */
    URL_PATH,
    /** In the query of a URL. */
    URL_QUERY;

    /** Ignition refuses unit lines of 2048 octets, and file systems names of 256. */
    private static final int UNIT_VALUE_BYTES = 1024;

    private static final int SEGMENT_BYTES = 255;

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9._:@+=-]{1,255}");

    /** Why {@code value} is refused here; the sentence does not quote it. */
    Optional<String> complaint(String value) {
        if (Utf8.isUnwritable(value)) {
            return Optional.of("the value is no valid Unicode text");
        }
        return Optional.ofNullable(switch (this) {
            case FILE_TEXT, URL_QUERY -> null;
            case LINE -> control(value);
            case WORD -> first(control(value), empty(value), any(value, " ,\"'\\", "a list of words"));
            case PLAIN -> PLAIN_WORD.matcher(value).matches() && !isDots(value) ? null
                    : "the value becomes part of a generated unit or of the boot loader's settings; it must be one word of letters, digits, ._:@+=-";
            case PATH_SEGMENT, UNIT_NAME -> first(control(value), segment(value));
            case UNIT_TEXT -> first(control(value), tooLong(value, UNIT_VALUE_BYTES), value.endsWith("\\")
                    ? "a backslash at the end would join the next line of the unit to this one" : null);
            case UNIT_QUOTED -> first(control(value), tooLong(value, UNIT_VALUE_BYTES), any(value, "\"'\\$", "a quoted value in a unit"));
            case UNIT_WORD -> first(control(value), tooLong(value, UNIT_VALUE_BYTES), empty(value),
                    any(value, " ;\"'\\$", "an unquoted value in a unit"));
            case URL_PATH -> value.isEmpty() || isDots(value) ? "a part of a URL's path must not be empty, '.' or '..'" : null;
        });
    }

    /** {@code value}, which was not refused, as it is written at this place. */
    String write(String value) {
        return switch (this) {
            case FILE_TEXT, LINE, WORD, PLAIN, PATH_SEGMENT -> value;
            case UNIT_NAME, UNIT_TEXT, UNIT_QUOTED, UNIT_WORD -> value.replace("%", "%%");
            case URL_PATH, URL_QUERY -> percentEncoded(value);
        };
    }

    private static String first(String... complaints) {
        for (String complaint : complaints) {
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    /** Also the line and paragraph separators of Unicode, which some readers take for an end of line. */
    private static String control(String value) {
        return value.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)
                ? "the value holds a control character, such as a line end, which cannot stand here" : null;
    }

    private static String any(String value, String forbidden, String place) {
        boolean found = value.chars().anyMatch(c -> forbidden.indexOf(c) >= 0 || forbidden.startsWith(" ") && Character.isSpaceChar(c));
        return found ? "the value holds one of the characters " + forbidden.replace(" ", "blank ") + ", which mean something else in " + place
                : null;
    }

    private static String empty(String value) {
        return value.isEmpty() ? "the value is empty; use $when to leave out what has no value" : null;
    }

    private static String segment(String value) {
        if (value.isEmpty() || isDots(value) || value.indexOf('/') >= 0) {
            return "the value must be one segment of a path: not empty, not '.' or '..', and without '/'";
        }
        return tooLong(value, SEGMENT_BYTES);
    }

    private static String tooLong(String value, int limit) {
        return value.getBytes(StandardCharsets.UTF_8).length > limit ? "the value has more than " + limit + " octets" : null;
    }

    private static boolean isDots(String value) {
        return value.equals(".") || value.equals("..");
    }

    /** RFC 3986, Unreserved Characters: everything else is encoded. */
    private static String percentEncoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}

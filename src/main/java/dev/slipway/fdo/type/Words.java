package dev.slipway.fdo.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code NAME} and {@code NAME=VALUE}, separated by spaces; in double quotes a value may hold spaces, and a backslash takes the next character
 * as it is.
 */
final class Words {

    private static final Pattern WORD = Pattern.compile("\\G\\s*([a-z0-9-]+)(?:=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\"]*)))?(?=\\s|$)");

    private Words() {}

    /**
     * @param number its place in the list, from 1 on
     * @param given absent for a name without a value
     */
    record Word(int number, String name, Optional<String> given) {

        boolean hasValue() {
            return given.isPresent();
        }

        String value() {
            return given.filter(value -> !value.isEmpty())
                    .orElseThrow(() -> new IllegalArgumentException("'" + name + "' needs a value: " + name + "=…"));
        }
    }

    /** @throws IllegalArgumentException for what is no such list, without quoting it */
    static List<Word> split(String text) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        int end = 0;
        while (matcher.find()) {
            Optional<String> quoted = Optional.ofNullable(matcher.group(2)).map(escaped -> escaped.replaceAll("\\\\(.)", "$1"));
            words.add(new Word(words.size() + 1, matcher.group(1), quoted.or(() -> Optional.ofNullable(matcher.group(3)))));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException("word " + (words.size() + 1) + " is not NAME or NAME=VALUE");
        }
        return words;
    }

    /** The value as {@link #split} reads it. */
    static String quoted(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '\\' || c == 0x7f);
        return plain ? value : '"' + value.replaceAll("([\"\\\\])", "\\\\$1").replaceAll("\\p{Cc}", " ") + '"';
    }

    static long number(String text, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' is not a number from 0 to " + max);
    }

    static String oneOf(String text, String... choices) {
        if (!Arrays.asList(choices).contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", choices));
        }
        return text;
    }
}

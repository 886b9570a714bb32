package dev.slipway.ignition.assignment;

import dev.slipway.ignition.ProfileLayout;
import java.util.Optional;
import java.util.regex.Pattern;

/** How groups, labels, parameters and profiles may be called, and what a label may say. */
public final class Names {

    /** Characters of a label's value. */
    public static final int LABEL_CHARS = 255;

    /** Labels of one device. */
    public static final int LABELS = 64;

    private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");
    private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private Names() {}

    /** Why this is no name of a group. */
    public static Optional<String> groupComplaint(String name) {
        return complaint(GROUP, name, "the name of a group consists of a-z, 0-9, '.', '_' and '-', and has at most 100 characters");
    }

    public static Optional<String> profileComplaint(String name) {
        return ProfileLayout.isName(name)
                ? Optional.empty() : Optional.of("the name of a profile is that of its folder: letters, digits, '.', '_' and '-'");
    }

    public static Optional<String> labelComplaint(String name) {
        return complaint(LABEL, name, "the name of a label consists of letters, digits, '.', '_', '/' and '-', and has at most 63 characters");
    }

    public static Optional<String> labelValueComplaint(String value) {
        return value.length() > LABEL_CHARS || value.chars().anyMatch(Character::isISOControl)
                ? Optional.of("the value of a label has at most " + LABEL_CHARS + " characters, and none that is a control character")
                : Optional.empty();
    }

    public static Optional<String> parameterComplaint(String name) {
        return complaint(PARAMETER, name, "the name of a parameter consists of a-z, 0-9 and _, starts with a letter, and has at most 63 characters");
    }

    private static Optional<String> complaint(Pattern pattern, String name, String rule) {
        return pattern.matcher(name).matches() ? Optional.empty() : Optional.of(rule);
    }
}

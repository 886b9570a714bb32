package dev.slipway.ignition.assignment;

/**
 * A pattern for a whole text: {@code *} is any characters, {@code ?} any one. Takes at most as many steps as text and pattern multiplied, so no
 * pattern can hold up anything.
 */
public record Glob(String pattern) {

    public boolean matches(String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && (pattern.charAt(in) == '?' || pattern.charAt(in) == text.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}

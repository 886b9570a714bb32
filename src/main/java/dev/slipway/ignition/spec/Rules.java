package dev.slipway.ignition.spec;

import java.util.HexFormat;

/** What rules of several sections need. */
final class Rules {

    private static final String GUID_FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private Rules() {}

    /** Octets of {@code text} in UTF-8. */
    static int octets(String text) {
        int octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return octets;
    }

    static boolean isGuid(String text) {
        if (text.length() != GUID_FORM.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (GUID_FORM.charAt(i) == '-' ? text.charAt(i) != '-' : !HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isHex(String text) {
        return text.chars().allMatch(HexFormat::isHexDigit);
    }
}

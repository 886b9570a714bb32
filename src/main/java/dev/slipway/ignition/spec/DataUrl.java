package dev.slipway.ignition.spec;

import dev.slipway.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * Data URLs as Ignition reads them.
 *
 * <pre>data:[type/subtype](;attribute=value)*[;base64],data</pre>
 *
 * <p>Narrower than RFC 2397 in that the scheme and the type are lower case, and wider in that the subtype may be empty. One thing is refused
 * here that Ignition would read: a backslash in a quoted attribute.
 *
 * @see "RFC 2397"
 */
public final class DataUrl {

    /** Why a data URL cannot be decoded. */
    public static final class Undecodable extends Exception {
        Undecodable(String message) {
            super(message, null, false, false);
        }
    }

    private static final String SCHEME = "data:";
    private static final Set<String> TOP_LEVEL_TYPES = Set.of("text", "image", "audio", "video", "application", "message", "multipart");
    private static final String NOT_IN_TOKENS = "()<>@,;:\\\"/[]?=";
    private static final String NOT_IN_DATA = "<>#\"{}|\\^[]`";
    private static final String PLAIN = "-_.!~*'()";

    private DataUrl() {}

    /** In any letter case, so that nothing slips through that others read as a data URL. */
    public static boolean is(String source) {
        return source.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Percent-encoded rather than Base64: people read it in a preview, and the same text always gives the same URL. */
    public static String encode(String text) {
        StringBuilder url = new StringBuilder(SCHEME).append(',');
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                url.append(c);
            } else {
                url.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return url.toString();
    }

    public static Bytes decode(String url) throws Undecodable {
        if (!url.startsWith(SCHEME)) {
            throw new Undecodable("it does not start with data: in lower case");
        }
        Head head = Head.read(url);
        String data = url.substring(head.end);
        return head.base64 ? fromBase64(data) : fromPercent(data);
    }

    /**
     * What stands before the data.
     *
     * @param end index after the comma
     */
    private record Head(boolean base64, int end) {

        static Head read(String url) throws Undecodable {
            int at = type(url);
            while (at < url.length() && url.charAt(at) == ';') {
                int name = tokenEnd(url, at + 1);
                if (name < url.length() && url.charAt(name) == ',' && url.substring(at + 1, name).equals("base64")) {
                    return new Head(true, name + 1);
                }
                at = attributeValue(url, at + 1, name);
            }
            if (at == url.length()) {
                throw new Undecodable("the comma before the data is missing");
            }
            if (url.charAt(at) != ',') {
                throw new Undecodable("there is a character before the comma that must not stand there");
            }
            return new Head(false, at + 1);
        }

        /** Index after the media type. */
        private static int type(String url) throws Undecodable {
            int start = SCHEME.length();
            int slash = tokenEnd(url, start);
            if (slash == start) {
                return start;
            }
            if (slash == url.length() || url.charAt(slash) != '/' || !isTopLevel(url.substring(start, slash))) {
                throw new Undecodable("what stands before the comma is no media type such as text/plain");
            }
            return tokenEnd(url, slash + 1);
        }

        private static boolean isTopLevel(String type) {
            return type.startsWith("x-") || type.startsWith("X-") || TOP_LEVEL_TYPES.stream().anyMatch(type::startsWith);
        }

        /** Index after the value of the attribute whose name ends at {@code equals}. */
        private static int attributeValue(String url, int name, int equals) throws Undecodable {
            if (equals == name || equals == url.length() || url.charAt(equals) != '=') {
                throw new Undecodable("an attribute before the comma is not of the form name=value");
            }
            int value = equals + 1;
            if (value < url.length() && url.charAt(value) == '"') {
                int quote = url.indexOf('"', value + 1);
                if (quote < 0 || !isPlainAscii(url.substring(value + 1, quote))) {
                    throw new Undecodable("a quoted attribute before the comma is not closed, or holds a backslash or a character outside ASCII");
                }
                return quote + 1;
            }
            int end = tokenEnd(url, value);
            if (end == value) {
                throw new Undecodable("an attribute before the comma has no value");
            }
            fromPercent(url.substring(value, end));
            return end;
        }

        private static boolean isPlainAscii(String text) {
            return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '\\');
        }

        private static int tokenEnd(String url, int start) {
            int end = start;
            while (end < url.length() && isToken(url.charAt(end))) {
                end++;
            }
            return end;
        }

        private static boolean isToken(char c) {
            return c > 0x20 && c < 0x7f && NOT_IN_TOKENS.indexOf(c) < 0;
        }
    }

    private static Bytes fromBase64(String data) throws Undecodable {
        if (data.length() % 4 != 0) {
            throw new Undecodable("the Base64 data is cut off or lacks its padding");
        }
        try {
            return Bytes.owning(Base64.getDecoder().decode(data));
        } catch (IllegalArgumentException e) {
            throw new Undecodable("the data is not Base64");
        }
    }

    private static Bytes fromPercent(String data) throws Undecodable {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(data.length());
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (c <= 0x20 || c >= 0x7f || NOT_IN_DATA.indexOf(c) >= 0) {
                throw new Undecodable("it holds a space, a control character, a character outside ASCII, or one of " + NOT_IN_DATA
                        + "; percent-encode it");
            }
            if (c != '%') {
                octets.write(c);
            } else if (i + 2 < data.length() && HexFormat.isHexDigit(data.charAt(i + 1)) && HexFormat.isHexDigit(data.charAt(i + 2))) {
                octets.write(HexFormat.fromHexDigits(data, i + 1, i + 3));
                i += 2;
            } else {
                throw new Undecodable("a percent sign is not followed by two hex digits");
            }
        }
        return Bytes.owning(octets.toByteArray());
    }
}

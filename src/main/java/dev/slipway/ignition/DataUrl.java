package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Data URLs as Ignition reads them.
 *
 * <pre>data:[type/subtype](;attribute=value)*[;base64],data</pre>
 *
 * @see "RFC 2397; Ignition, Validation: data: not decodable"
 */
final class DataUrl {

    /** Why a data URL cannot be decoded. */
    static final class Undecodable extends Exception {
        Undecodable(String message) {
            super(message, null, false, false);
        }
    }

    private static final String SCHEME = "data:";
    private static final Set<String> TOP_LEVEL_TYPES =
            Set.of("application", "audio", "font", "image", "message", "model", "multipart", "text", "video");
    private static final String TOKEN = "[A-Za-z0-9!#$&+.^_`|~*'-]+";
    private static final Pattern MEDIA_TYPE = Pattern.compile("(" + TOKEN + ")/" + TOKEN);
    private static final Pattern ATTRIBUTE = Pattern.compile(TOKEN + "=(?:\"[^\"]*\"|[A-Za-z0-9!#$&+.^_`|~*'%-]+)");
    private static final String PLAIN = "-_.!~*'()";

    private DataUrl() {}

    static boolean is(String source) {
        return source.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Percent-encoded rather than Base64: people read it in a preview, and the same text always gives the same URL. */
    static String encode(String text) {
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

    static Bytes decode(String url) throws Undecodable {
        if (!is(url)) {
            throw new Undecodable("it does not start with data:");
        }
        if (!url.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new Undecodable("it holds a space, a control character or a character outside ASCII; percent-encode it");
        }
        int comma = url.indexOf(',');
        if (comma < 0) {
            throw new Undecodable("the comma before the data is missing");
        }
        String data = url.substring(comma + 1);
        return isBase64(url.substring(SCHEME.length(), comma)) ? fromBase64(data) : fromPercent(data);
    }

    private static boolean isBase64(String head) throws Undecodable {
        String[] parts = head.split(";", -1);
        var type = MEDIA_TYPE.matcher(parts[0]);
        if (!parts[0].isEmpty() && !(type.matches() && TOP_LEVEL_TYPES.contains(type.group(1).toLowerCase(Locale.ROOT)))) {
            throw new Undecodable("what stands before the comma is no media type such as text/plain");
        }
        boolean base64 = parts.length > 1 && parts[parts.length - 1].equals("base64");
        for (int i = 1; i < parts.length - (base64 ? 1 : 0); i++) {
            if (!ATTRIBUTE.matcher(parts[i]).matches()) {
                throw new Undecodable("an attribute before the comma is not of the form name=value");
            }
        }
        return base64;
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

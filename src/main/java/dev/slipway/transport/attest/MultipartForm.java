package dev.slipway.transport.attest;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form as {@code curl -F} sends it, from a body that is in memory and within its limit. Nothing is written to disk, which is what the
 * framework does with files.
 *
 * @see "RFC 7578, Returning Values from Forms; RFC 2046, Multipart Media Type"
 */
final class MultipartForm {

    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"\\s]{1,70})\"|([^;\"\\s]{1,70}))\\s*(?:;|$)");
    private static final Pattern NAME = Pattern.compile("(?i)\\r\\nContent-Disposition:\\s*form-data\\s*;(?:[^\\r\\n]*;)?\\s*name=\"([^\"\\r\\n]{1,64})\"");
    private static final int MAX_HEADERS = 1024;
    private static final String LINE = "\r\n";
    private static final String END = "--";

    /** Octets as the characters 0 to 255. */
    private final String body;
    private final String delimiter;
    private int at;

    private MultipartForm(String body, String delimiter) {
        this.body = body;
        this.delimiter = delimiter;
    }

    static Parts read(String contentType, Bytes body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw new Malformed("multipart/form-data without a boundary");
        }
        String delimiter = LINE + END + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        return new MultipartForm(LINE + new String(body.toArray(), StandardCharsets.ISO_8859_1), delimiter).read();
    }

    private Parts read() {
        Parts parts = new Parts();
        if (!body.startsWith(delimiter)) {
            throw new Malformed("a form that does not begin with its boundary");
        }
        at = delimiter.length();
        while (!body.startsWith(END, at)) {
            readPart(parts);
        }
        if (!body.substring(at + END.length()).isBlank()) {
            throw new Malformed("a form that goes on after its end");
        }
        return parts;
    }

    private void readPart(Parts parts) {
        int headersEnd = body.indexOf(LINE + LINE, at);
        if (!body.startsWith(LINE, at) || headersEnd < 0 || headersEnd - at > MAX_HEADERS) {
            throw new Malformed("a part of a form without headers, or with too many");
        }
        Matcher name = NAME.matcher(body).region(at, headersEnd);
        if (!name.find()) {
            throw new Malformed("a part of a form without a name");
        }
        int start = headersEnd + LINE.length() + LINE.length();
        int end = body.indexOf(delimiter, start);
        if (end < 0) {
            throw new Malformed("a form that ends early");
        }
        parts.addOctets(name.group(1), Bytes.owning(body.substring(start, end).getBytes(StandardCharsets.ISO_8859_1)));
        at = end + delimiter.length();
    }
}

package dev.slipway.der;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One element in DER: just enough to find its end, its children and its text. What is in it is checked by the certificate parser of the JDK.
 *
 * @param whole tag, length and content
 * @see "ITU-T X.690, Distinguished encoding rules"
 */
public record Der(int tag, Bytes content, Bytes whole) {

    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int PRINTABLE_STRING = 0x13;
    private static final int MAX_LENGTH_OCTETS = 3;

    /**
     * The element that {@code bytes} begins with.
     *
     * @throws Malformed if it ends early, or is longer than 16 MiB
     */
    public static Der first(Bytes bytes) {
        if (bytes.length() < 2) {
            throw new Malformed("DER element ends early");
        }
        int length = bytes.at(1);
        int header = 2;
        if (length >= 0x80) {
            int octets = length & 0x7f;
            if (octets < 1 || octets > MAX_LENGTH_OCTETS || bytes.length() < header + octets) {
                throw new Malformed("DER element with a length of " + octets + " octets");
            }
            length = 0;
            for (; header < 2 + octets; header++) {
                length = length << 8 | bytes.at(header);
            }
        }
        if (length > bytes.length() - header) {
            throw new Malformed("DER element ends early");
        }
        return new Der(bytes.at(0), bytes.slice(header, header + length), bytes.slice(0, header + length));
    }

    public static Der of(int tag, Bytes content) {
        int length = content.length();
        Bytes header = length < 0x80
                ? Bytes.of((byte) tag, (byte) length)
                : Bytes.of((byte) tag, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length);
        return new Der(tag, content, Bytes.concat(header, content));
    }

    /**
     * Of a SEQUENCE, a SET, or an explicit tag.
     *
     * @throws Malformed if the content is not elements one after the other
     */
    public List<Der> children() {
        List<Der> children = new ArrayList<>();
        int at = 0;
        while (at < content.length()) {
            Der child = first(content.slice(at, content.length()));
            children.add(child);
            at += child.whole.length();
        }
        return children;
    }

    public boolean is(int expected) {
        return tag == expected;
    }

    /** The text of a UTF8String or PrintableString. */
    public Optional<String> text() {
        return is(UTF8_STRING) || is(PRINTABLE_STRING)
                ? Optional.of(new String(content.toArray(), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}

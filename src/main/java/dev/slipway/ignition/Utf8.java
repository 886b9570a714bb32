package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text of a document: bounded, well-formed UTF-8, no byte-order mark. */
final class Utf8 {

    private Utf8() {}

    static Optional<String> read(String name, Bytes octets, Report report) {
        if (octets.length() > Limits.DOCUMENT_BYTES) {
            report.error("document.too-large", name, "the document has " + octets.length() + " octets, more than the limit of "
                    + Limits.DOCUMENT_BYTES + "; move large contents into files of their own");
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toArray())).toString();
            if (text.startsWith("\uFEFF")) {
                report.error("document.byte-order-mark", name, "the document starts with a byte-order mark; save it as UTF-8 without one");
                return Optional.empty();
            }
            return Optional.of(text);
        } catch (CharacterCodingException e) {
            report.error("document.not-utf8", name, "the document is not valid UTF-8; save it as UTF-8");
            return Optional.empty();
        }
    }

    /** Whether {@code text} has an unpaired surrogate, which no UTF-8 can express. */
    static boolean isUnwritable(String text) {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}

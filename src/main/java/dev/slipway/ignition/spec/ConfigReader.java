package dev.slipway.ignition.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding.Position;
import dev.slipway.failure.Finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Strict JSON: UTF-8 without byte-order mark, no comments, nothing after the document, as Ignition has it; and, stricter than Ignition, no
 * key twice, and bounded in size and depth.
 *
 * @see "RFC 8259"
 */
public final class ConfigReader {

    /** Octets of a config: larger things belong into files of their own, which the device fetches. */
    public static final int DOCUMENT_BYTES = 1 << 20;

    /** Levels of objects and lists; the deepest config that the specification knows has nine. */
    public static final int DEPTH = 32;

    static final String SYNTAX = "json.syntax";
    static final String DUPLICATE_KEY = "json.duplicate-key";
    static final String EMPTY = "json.empty";

    /** Every reader here has these limits. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxDocumentLength(DOCUMENT_BYTES)
                    .maxStringLength(DOCUMENT_BYTES)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final Optional<Severity> REFUSED = Optional.of(Severity.ERROR);

    /**
     * What a text holds.
     *
     * @param tree empty if it could not be read
     * @param report why not
     */
    public record Reading(Optional<JsonNode> tree, ConfigReport report) {

        private static Reading failed(String id, Optional<Severity> inIgnition, String message, Optional<Position> position) {
            return new Reading(Optional.empty(),
                    new ConfigReport(List.of(new Remark(id, ConfigPath.ROOT, Severity.ERROR, inIgnition, message, position))));
        }
    }

    private ConfigReader() {}

    public static Reading read(Bytes octets) {
        if (octets.isEmpty()) {
            return Reading.failed(EMPTY, REFUSED, "the document is empty", Optional.empty());
        }
        if (octets.length() > DOCUMENT_BYTES) {
            return Reading.failed("document.too-large", Optional.empty(), "the document has " + octets.length() + " octets, more than the limit of "
                    + DOCUMENT_BYTES + "; move large contents into files of their own", Optional.empty());
        }
        byte[] array = octets.toArray();
        if (array.length > 2 && (array[0] & 0xff) == 0xef && (array[1] & 0xff) == 0xbb && (array[2] & 0xff) == 0xbf) {
            return Reading.failed("document.byte-order-mark", REFUSED,
                    "the document starts with a byte-order mark; save it as UTF-8 without one", Optional.of(new Position(1, 2)));
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array));
            return parse(octets, array);
        } catch (CharacterCodingException e) {
            return Reading.failed("document.not-utf8", Optional.empty(), "the document is not valid UTF-8; save it as UTF-8", Optional.empty());
        } catch (JsonProcessingException e) {
            return notJson(octets, e);
        } catch (IOException e) {
            throw new UncheckedIOException("octets in memory are always readable", e);
        }
    }

    private static Reading parse(Bytes octets, byte[] array) throws IOException {
        try (JsonParser parser = MAPPER.createParser(array)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree == null) {
                return Reading.failed(EMPTY, REFUSED, "the document is empty", Optional.empty());
            }
            if (parser.nextToken() != null) {
                return Reading.failed(SYNTAX, REFUSED, "the document ends before this place; remove what follows",
                        Optional.of(new Lines(octets).position(parser.currentTokenLocation().getByteOffset() + 1)));
            }
            return isWritable(tree) ? new Reading(Optional.of(tree), new ConfigReport(List.of()))
                    : Reading.failed("json.surrogate", Optional.empty(),
                            "an escape \\uD800 to \\uDFFF stands alone, which is no character; write both of its pair, or the character itself",
                            Optional.empty());
        }
    }

    /** Whether every text can be written as UTF-8 again; of keys, the parser knows. */
    private static boolean isWritable(JsonNode node) {
        for (JsonNode child : node) {
            if (!isWritable(child)) {
                return false;
            }
        }
        return !node.isTextual() || isWritable(node.textValue());
    }

    private static boolean isWritable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** The position is the one after the octet that does not fit, as in Ignition. */
    private static Reading notJson(Bytes octets, JsonProcessingException e) {
        Optional<Position> position = Optional.ofNullable(e.getLocation()).map(place -> new Lines(octets).position(place.getByteOffset() + 1));
        return switch (e) {
            case MismatchedInputException twice -> duplicateKey(octets);
            case StreamConstraintsException limit -> Reading.failed("json.limit", Optional.empty(),
                    "the document is nested deeper than " + DEPTH + " levels, or a number in it is too long", position);
            default -> Reading.failed(SYNTAX, REFUSED, "this is not valid JSON at this place (Ignition allows neither comments, nor a comma after"
                    + " the last entry): " + kindOf(e), position);
        };
    }

    private static Reading duplicateKey(Bytes octets) {
        Positions positions = Positions.of(octets);
        Remark remark = new Remark(DUPLICATE_KEY, positions.twice(), Severity.ERROR, Optional.empty(),
                "this key is there twice in its object; keep one of them", Optional.empty());
        return new Reading(Optional.empty(), new ConfigReport(List.of(remark.at(positions.of(remark)))));
    }

    /** The parser's first line, which names the kind of mistake; a rendered config with secrets is not quoted by it. */
    private static String kindOf(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int quoted = message.indexOf('\'');
        return (quoted < 0 ? message : message.substring(0, quoted)).lines().findFirst().orElse("").strip();
    }

    /** Whether {@code text} is a JSON document; a key may be there twice. */
    static boolean isJson(String text) {
        try (var parser = FACTORY.createParser(text)) {
            boolean hasValue = parser.nextToken() != null;
            parser.skipChildren();
            return hasValue && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}

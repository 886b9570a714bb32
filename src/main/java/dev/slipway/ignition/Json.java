package dev.slipway.ignition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.bytes.Bytes;
import java.util.Optional;

/** Strict JSON: UTF-8 without byte-order mark, no comments, no duplicate keys, nothing after the document, bounded size and depth. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.DEPTH)
                            .maxDocumentLength(Limits.DOCUMENT_BYTES)
                            .maxStringLength(Limits.DOCUMENT_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** Empty when it is no JSON document; then {@code report} says where, as {@code name:line:column}. */
    static Optional<JsonNode> read(String name, Bytes octets, Report report) {
        Optional<String> text = Utf8.read(name, octets, report);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode node = MAPPER.readTree(text.get());
            if (node == null || node.isMissingNode()) {
                report.error("json.empty", name, "the document is empty");
                return Optional.empty();
            }
            return Optional.of(node);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? name : name + ":" + at.getLineNr() + ":" + at.getColumnNr();
            report.error("json.syntax", where, "this is not valid JSON at this place (Ignition allows neither comments, nor a comma after the"
                    + " last entry, nor a key twice): " + kindOf(e));
            return Optional.empty();
        }
    }

    /** Compact; the same tree always gives the same octets. */
    static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree is always writable", e);
        }
    }

    /** Indented by two spaces, one entry a line. */
    static String writeReadable(JsonNode node) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        try {
            return MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
                    .writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree is always writable", e);
        }
    }

    /** The parser's first line, which names the kind of mistake; a rendered config with secrets is not quoted by it. */
    private static String kindOf(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int quoted = message.indexOf('\'');
        return (quoted < 0 ? message : message.substring(0, quoted)).lines().findFirst().orElse("").strip();
    }
}

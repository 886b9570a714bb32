package dev.slipway.transport.attest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.failure.Failure.Malformed;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the parts of a request by its content type. */
final class PartsReader {

    private static final int MAX_NAME_OCTETS = 64;
    private static final int MAX_TEXT_OCTETS = 1024;
    private static final int NESTING = 2;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(NESTING).maxNameLength(MAX_NAME_OCTETS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PartsReader() {}

    /** @throws Malformed if it is not of that type, or of one that is not read here */
    static Parts read(String contentType, Bytes body) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json" -> json(body);
            case "application/cbor" -> cbor(body);
            case "multipart/form-data" -> MultipartForm.read(contentType, body);
            default -> throw new Malformed("content type '" + type + "' is none of application/json, multipart/form-data, application/cbor");
        };
    }

    private static Parts json(Bytes body) {
        Parts parts = new Parts();
        try (JsonParser parser = JSON.createParser(body.toArray())) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                readField(parser, parts);
            }
            require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
            return parts;
        } catch (IOException e) {
            throw new Malformed("not JSON");
        }
    }

    private static void readField(JsonParser parser, Parts parts) throws IOException {
        String name = parser.currentName();
        switch (parser.nextToken()) {
            case VALUE_STRING -> parts.addText(name, parser.getText());
            case VALUE_NULL -> {}
            case START_ARRAY -> {
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    parts.addText(name, parser.getText());
                }
                require(parser.currentToken() == JsonToken.END_ARRAY);
            }
            default -> require(false);
        }
    }

    private static void require(boolean shape) {
        if (!shape) {
            throw new Malformed("not one JSON object of texts and lists of texts");
        }
    }

    private static Parts cbor(Bytes body) {
        Parts parts = new Parts();
        Set<String> names = new HashSet<>();
        for (Map.Entry<CborItem, CborItem> entry : CborItem.decode(body).map()) {
            String name = entry.getKey().text(MAX_NAME_OCTETS);
            if (!names.add(name)) {
                throw new Malformed("'" + name + "' comes twice");
            }
            CborItem value = entry.getValue();
            if (value.isArray()) {
                value.array().forEach(element -> addCbor(parts, name, element));
            } else if (!value.isNull()) {
                addCbor(parts, name, value);
            }
        }
        return parts;
    }

    private static void addCbor(Parts parts, String name, CborItem value) {
        if (value.isText()) {
            parts.addText(name, value.text(MAX_TEXT_OCTETS));
        } else {
            parts.addOctets(name, value.byteString());
        }
    }
}

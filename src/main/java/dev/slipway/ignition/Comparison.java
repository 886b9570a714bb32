package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.spec.DataUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * A config in a form that can be compared, and read by people: what says nothing is left out, and text in data URLs is written as it is. The
 * same octets may be compressed in many ways, so they are unpacked.
 */
final class Comparison {

    /** Octets of unpacked contents that are looked at. */
    private static final int UNPACKED_OCTETS = 4 << 20;

    private static final Set<String> EMPTY_SAYS_NOTHING = Set.of("compression", "name", "target");
    private static final String GZIP = "gzip";
    private static final String SOURCE = "source";

    private Comparison() {}

    static JsonNode of(JsonNode config) {
        // Written and read again: a number is the same, whatever type of Java it had.
        JsonNode copy = Json.read(Json.write(config));
        reduce(copy);
        return copy;
    }

    private static void reduce(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.forEach(Comparison::reduce);
            object.properties().removeIf(field -> saysNothing(field.getKey(), field.getValue()));
            JsonNode source = object.path(SOURCE);
            if (source.isTextual() && DataUrl.is(source.textValue())) {
                boolean packed = object.path("compression").asText().equals(GZIP);
                contents(source.textValue(), packed).ifPresent(text -> object.put(SOURCE, text));
            }
        } else {
            node.forEach(Comparison::reduce);
        }
    }

    private static boolean saysNothing(String key, JsonNode value) {
        return value.isNull() || value.isContainerNode() && value.isEmpty()
                || EMPTY_SAYS_NOTHING.contains(key) && value.isTextual() && value.textValue().isEmpty();
    }

    /** Empty where it is no text, or cannot be unpacked. */
    private static Optional<String> contents(String source, boolean packed) {
        try {
            Bytes octets = DataUrl.decode(source);
            return text(packed ? unpack(octets) : octets);
        } catch (DataUrl.Undecodable | IOException e) {
            return Optional.empty();
        }
    }

    private static Bytes unpack(Bytes packed) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.toArray()))) {
            byte[] octets = in.readNBytes(UNPACKED_OCTETS + 1);
            if (octets.length > UNPACKED_OCTETS) {
                throw new IOException("more than is looked at");
            }
            return Bytes.owning(octets);
        }
    }

    private static Optional<String> text(Bytes octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toArray())).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

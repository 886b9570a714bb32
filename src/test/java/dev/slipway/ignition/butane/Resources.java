package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Configs in a form that can be compared: gzip of the same octets differs between implementations, so it is unpacked; an object without
 * fields says as much as none, and so does an empty text for a field that Butane always writes.
 */
public final class Resources {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> REQUIRED = Set.of("name", "target");

    private Resources() {}

    public static JsonNode comparable(String json) {
        try {
            JsonNode config = MAPPER.readTree(json);
            unpack(config);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    public static JsonNode comparable(JsonNode config) {
        return comparable(config.toString());
    }

    private static void unpack(JsonNode node) {
        node.forEach(Resources::unpack);
        if (node instanceof ObjectNode object) {
            object.removeIf(child -> child.isObject() && child.isEmpty());
            object.properties().removeIf(field -> REQUIRED.contains(field.getKey()) && field.getValue().asText("-").isEmpty());
        }
        boolean packed = node.path("compression").asText().equals("gzip") && node.path("source").asText().startsWith("data:;base64,");
        if (packed) {
            ((ObjectNode) node).put("source", "unpacked:" + HexFormat.of().formatHex(gunzip(octets(node.get("source").asText()))));
        }
    }

    /** The text in the source of a resource, unpacked where it is compressed. */
    public static String text(JsonNode resource) {
        byte[] octets = octets(resource.get("source").textValue());
        return new String(resource.path("compression").asText().equals("gzip") ? gunzip(octets) : octets, StandardCharsets.UTF_8);
    }

    /** What a data URL holds; only the three forms that Butane writes. */
    static byte[] octets(String source) {
        return source.startsWith("data:;base64,") ? Base64.getDecoder().decode(source.substring(13))
                : URLDecoder.decode(source.substring(6).replace("+", "%2B"), StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gunzip(byte[] octets) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
            return in.readAllBytes();
        } catch (IOException e) {
            return octets;
        }
    }
}

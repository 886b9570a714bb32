package dev.slipway.ignition.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Where the values and keys of a JSON document stand in its text, counted as Ignition counts. */
public final class Positions {

    /**
     * Offsets of one value.
     *
     * @param key of its key; of the value itself in a list
     * @param start of the value; of an object or list, after its bracket
     * @param end after the value; of an object or list, after its opening bracket, where Ignition stops reading on a wrong type
     */
    private record Place(long key, long start, long end) {}

    private final Map<ConfigPath, Place> places = new HashMap<>();
    private ConfigPath twice;
    private final Lines lines;
    private final JsonParser parser;

    private Positions(JsonParser parser, Lines lines) {
        this.parser = parser;
        this.lines = lines;
    }

    /** @param text a document that {@link ConfigReader} could read, but for a key that is there twice */
    public static Positions of(Bytes text) {
        try (JsonParser parser = ConfigReader.FACTORY.createParser(text.toArray())) {
            Positions positions = new Positions(parser, new Lines(text));
            parser.nextToken();
            positions.value(ConfigPath.ROOT, 0);
            return positions;
        } catch (IOException e) {
            throw new UncheckedIOException("the text was readable before", e);
        }
    }

    private void value(ConfigPath path, long key) throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken().isScalarValue()) {
            parser.finishToken();
            places.put(path, new Place(key, start, parser.currentLocation().getByteOffset()));
            return;
        }
        places.put(path, new Place(key, start + 1, start + 1));
        boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
        for (int i = 0; !parser.nextToken().isStructEnd(); i++) {
            long childKey = parser.currentTokenLocation().getByteOffset();
            ConfigPath child = isObject ? path.child(parser.currentName()) : path.child(i);
            if (isObject) {
                parser.nextToken();
            }
            twice = places.containsKey(child) ? child : twice;
            value(child, childKey);
        }
    }

    /** The last key that is there twice. */
    ConfigPath twice() {
        if (twice == null) {
            throw new IllegalStateException("every key is there once");
        }
        return twice;
    }

    /**
     * Where a value starts; that of what is around it, if there is none.
     *
     * @param pointer a JSON pointer
     */
    public Position at(String pointer) {
        for (String at = pointer; ; at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
            Place place = places.get(ConfigPath.ofPointer(at));
            if (place != null) {
                return lines.position(place.start);
            }
        }
    }

    /** Where a person looks first: at a key that must not be there, or at the value, or at what is around it where it is missing. */
    Position of(Remark remark) {
        ConfigPath path = remark.path();
        while (!places.containsKey(path)) {
            path = path.parent();
        }
        Place place = places.get(path);
        return lines.position(switch (remark.id()) {
            case Decoder.UNKNOWN_KEY, ConfigReader.DUPLICATE_KEY -> place.key;
            case Decoder.TYPE -> place.end;
            default -> place.start;
        });
    }
}

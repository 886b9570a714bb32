package dev.slipway.transport.attest;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborWriter;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: a status, and values by name. In JSON octets are in base64. */
final class Reply {

    static final String JSON = "application/json";
    static final String CBOR = "application/cbor";

    /** What an answer can hold. */
    private sealed interface Value {

        record Text(String text) implements Value {}

        record Octets(Bytes octets) implements Value {}

        record Number(long number) implements Value {}
    }

    private final int status;
    private final Map<String, Value> values = new LinkedHashMap<>();

    Reply(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    Reply with(String name, String text) {
        values.put(name, new Value.Text(text));
        return this;
    }

    Reply with(String name, Bytes octets) {
        values.put(name, new Value.Octets(octets));
        return this;
    }

    Reply with(String name, long number) {
        values.put(name, new Value.Number(number));
        return this;
    }

    Bytes encode(boolean cbor) {
        return cbor ? toCbor() : toJson();
    }

    /** On one line, each value in quotes but numbers: so that a shell can take it apart. */
    private Bytes toJson() {
        JsonObject json = new JsonObject();
        values.forEach((name, value) -> json.put(name, switch (value) {
            case Value.Text text -> text.text();
            case Value.Octets octets -> Base64.getEncoder().encodeToString(octets.octets().toArray());
            case Value.Number number -> number.number();
        }));
        return Bytes.owning((json.encode() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Bytes toCbor() {
        CborWriter writer = new CborWriter().map(values.size());
        values.forEach((name, value) -> {
            writer.text(name);
            switch (value) {
                case Value.Text text -> writer.text(text.text());
                case Value.Octets octets -> writer.byteString(octets.octets());
                case Value.Number number -> writer.integer(number.number());
            }
        });
        return writer.toBytes();
    }
}

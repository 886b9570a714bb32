package dev.slipway.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import dev.slipway.ignition.assignment.GivenParameters;
import dev.slipway.ignition.ticket.ConfigSeal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values of parameters as two columns: a JSON object that can be read, and a sealed one with what is secret. A sealed one opens where it was
 * sealed for only, and its length says next to nothing of what is in it.
 */
@Singleton
final class GivenColumns {

    private static final int PADDING_OCTETS = 64;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ConfigSeal seal;

    GivenColumns(ConfigSeal seal) {
        this.seal = seal;
    }

    /** @param key of the row that it is a part of, with the name of its table */
    static Bytes context(String key) {
        return Bytes.owning(key.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, Object> open(GivenParameters parameters) {
        return plain(parameters.open());
    }

    /** Null where nothing is secret. */
    byte[] sealed(GivenParameters parameters, Bytes context) {
        if (parameters.secret().isEmpty()) {
            return null;
        }
        try {
            byte[] json = MAPPER.writeValueAsBytes(plain(parameters.secret()));
            byte[] padded = Arrays.copyOf(json, (json.length / PADDING_OCTETS + 1) * PADDING_OCTETS);
            Arrays.fill(padded, json.length, padded.length, (byte) ' ');
            return seal.seal(SecretBytes.owning(padded), context).toArray();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    GivenParameters given(Map<String, Object> open, byte[] sealed, Bytes context) {
        return new GivenParameters(values(open), sealed == null ? Map.of() : values(unsealed(sealed, context)));
    }

    /** A row of the table of devices. */
    TableRow row(DeviceRowEntity row) {
        return new TableRow(
                row.device, Optional.ofNullable(row.groupName), row.labels, given(row.parameters, row.sealed, rowContext(row.device)));
    }

    static Bytes rowContext(String device) {
        return context("device_row " + device);
    }

    private Map<String, Object> unsealed(byte[] sealed, Bytes context) {
        try (SecretBytes json = seal.open(Bytes.owning(sealed), context)) {
            return MAPPER.readValue(json.toArray(), OBJECT);
        } catch (IOException e) {
            throw new Internal("a sealed value is no JSON", e);
        }
    }

    private static Map<String, Object> plain(Map<String, ParameterValue> values) {
        Map<String, Object> plain = new TreeMap<>();
        values.forEach((name, value) -> plain.put(name, value.forExpression()));
        return plain;
    }

    private static Map<String, ParameterValue> values(Map<String, Object> plain) {
        Map<String, ParameterValue> values = new HashMap<>();
        plain.forEach((name, value) -> values.put(name, value instanceof List<?> list
                ? new ParameterValue.Texts(list.stream().map(String::valueOf).toList())
                : new ParameterValue.Text(String.valueOf(value))));
        return values;
    }
}

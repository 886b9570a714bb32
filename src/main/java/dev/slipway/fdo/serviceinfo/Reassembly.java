package dev.slipway.fdo.serviceinfo;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborSequence;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.ServiceInfoKeyValue;
import java.util.List;

/**
 * Puts values together that a client cut over neighbouring pairs of the same key, and takes apart several values under one key: both occur.
 *
 * @param key of the value that is not whole yet
 * @param pending what has come of it
 */
public record Reassembly(String key, Bytes pending) {

    public static final Reassembly EMPTY = new Reassembly("", Bytes.EMPTY);

    private static final int MAX_VALUE_OCTETS = 64 * 1024;

    /** Adds the whole messages to {@code messages}, and gives back what is left over. */
    Reassembly take(ServiceInfoKeyValue keyValue, List<ServiceInfoMessage> messages) {
        if (!pending.isEmpty() && !keyValue.key().equals(key)) {
            throw new Malformed("value of " + key + " ends early");
        }
        if (pending.length() + keyValue.value().length() > MAX_VALUE_OCTETS) {
            throw new Malformed("value of " + keyValue.key() + " is longer than " + MAX_VALUE_OCTETS + " octets");
        }
        CborSequence sequence = CborSequence.decode(Bytes.concat(pending, keyValue.value()));
        sequence.items().forEach(item -> messages.add(new ServiceInfoMessage(keyValue.module(), keyValue.message(), item)));
        return new Reassembly(keyValue.key(), sequence.rest());
    }
}

package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.TpmHash;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One extension of a PCR, as a log tells it.
 *
 * @param description what log and event it is; the words in it are the measured machine's own
 * @param hashedData what the digests have to be the hash of, where that is known
 */
public record Measurement(String description, int pcr, Map<TpmHash, Bytes> digests, Optional<Bytes> hashedData) {

    public Measurement {
        digests = java.util.Collections.unmodifiableMap(new EnumMap<>(digests));
    }

    public Optional<Bytes> digest(TpmHash bank) {
        return Optional.ofNullable(digests.get(bank));
    }
}

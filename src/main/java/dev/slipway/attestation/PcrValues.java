package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What registers hold. */
public record PcrValues(SortedMap<Pcr, Bytes> values) {

    private static final String BETWEEN = " ";
    private static final String IS = "=";

    /** @throws IllegalArgumentException if a value is not as long as the digests of its bank */
    public PcrValues {
        values.forEach((pcr, value) -> {
            if (value.length() != pcr.bank().octets()) {
                throw new IllegalArgumentException("PCR " + pcr + " with a value of " + value.length() + " octets");
            }
        });
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static PcrValues of(Map<Pcr, Bytes> values) {
        return new PcrValues(new TreeMap<>(values));
    }

    /** The values one after the other, in the order of the selection; empty if there are more or fewer octets than that. */
    public static Optional<PcrValues> split(PcrSelection selection, Bytes concatenated) {
        int expected = selection.pcrs().stream().mapToInt(pcr -> pcr.bank().octets()).sum();
        if (concatenated.length() != expected) {
            return Optional.empty();
        }
        SortedMap<Pcr, Bytes> values = new TreeMap<>();
        int at = 0;
        for (Pcr pcr : selection.pcrs()) {
            values.put(pcr, concatenated.slice(at, at + pcr.bank().octets()));
            at += pcr.bank().octets();
        }
        return Optional.of(new PcrValues(values));
    }

    /** As {@link #toString} writes it. */
    public static PcrValues parse(String text) {
        return of(Arrays.stream(text.split(BETWEEN))
                .map(register -> register.split(IS))
                .collect(Collectors.toMap(halves -> PcrSelection.parse(halves[0]).pcrs().get(0), halves -> Bytes.fromHex(halves[1]))));
    }

    /** For events, and for storage: {@code sha256:0=HEX sha256:7=HEX}. */
    @Override
    public String toString() {
        return values.entrySet().stream().map(register -> register.getKey() + IS + register.getValue()).collect(Collectors.joining(BETWEEN));
    }
}

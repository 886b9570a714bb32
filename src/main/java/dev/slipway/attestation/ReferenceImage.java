package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Pcr;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the registers hold when one published image booted. All of it has to fit at once: the boot loader of one image and the kernel of
 * another are no image.
 *
 * @param name for people
 * @param events the digests that lead to a value, where they are known; they serve to tell which one differs
 */
public record ReferenceImage(String name, PcrValues values, Map<Pcr, List<Bytes>> events) {

    /** Anybody may reset these while the machine runs. */
    private static final Set<Integer> RESETTABLE = Set.of(16, 23);

    /** @throws IllegalArgumentException if a value proves nothing: of a bank with a weak hash, or of a register that can be reset */
    public ReferenceImage {
        events = Map.copyOf(events);
        if (values.values().isEmpty()) {
            throw new IllegalArgumentException("image '" + name + "' has no PCR values, so that any machine would pass");
        }
        for (Pcr pcr : values.values().keySet()) {
            if (!pcr.bank().isStrong()) {
                throw new IllegalArgumentException("image '" + name + "' has a value of the " + pcr.bank().bank() + " bank; use sha256 or better");
            }
            if (RESETTABLE.contains(pcr.index())) {
                throw new IllegalArgumentException("image '" + name + "' has a value of PCR " + pcr.index() + ", which anybody can reset");
            }
        }
    }
}

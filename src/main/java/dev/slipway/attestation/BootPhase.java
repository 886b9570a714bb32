package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What systemd extends into PCR 11 when a boot has come so far, in this order.
 *
 * @see "systemd, systemd-pcrphase.service"
 */
public enum BootPhase {
    ENTER_INITRD,
    LEAVE_INITRD,
    SYSINIT,
    READY;

    /** Where they are extended. */
    public static final int PCR = 11;

    /** {@code enter-initrd}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<BootPhase> named(String word) {
        return Arrays.stream(values()).filter(phase -> phase.word().equals(word)).findFirst();
    }

    /** Told by its digest: words beside it are anybody's. */
    public static Optional<BootPhase> find(TpmHash bank, Bytes digest) {
        return Arrays.stream(values()).filter(phase -> phase.digest(bank).equals(digest)).findFirst();
    }

    private Bytes digest(TpmHash bank) {
        return bank.digest(Bytes.owning(word().getBytes(StandardCharsets.US_ASCII)));
    }

    /** What a boot may have come through that somebody saw the end of: nothing, or phases that follow each other. */
    static List<List<BootPhase>> paths() {
        List<BootPhase> all = List.of(values());
        List<List<BootPhase>> paths = new ArrayList<>(List.of(List.of()));
        for (int first = 0; first < all.size(); first++) {
            for (int end = first + 1; end <= all.size(); end++) {
                paths.add(all.subList(first, end));
            }
        }
        return paths;
    }

    /** As a measurement that was made and not written down. */
    Measurement unlogged() {
        Map<TpmHash, Bytes> digests = new EnumMap<>(TpmHash.class);
        for (TpmHash bank : TpmHash.values()) {
            digests.put(bank, digest(bank));
        }
        return new Measurement("phase " + word() + ", which is in no log", PCR, digests, Optional.empty());
    }
}

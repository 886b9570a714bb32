package dev.slipway.fdo.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is asked of the key of a device that is initialised. */
public enum TpmPolicy {
    /** Nothing; where it is does not matter. */
    NONE,
    /** Whether it was proven to be in a TPM; its certificate says so then, and is issued in any case. */
    PREFER,
    /** That it was proven to be in a TPM; no other is certified. */
    REQUIRE;

    /** As people and files write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TpmPolicy> find(String word) {
        return Arrays.stream(values()).filter(policy -> policy.word().equals(word)).findFirst();
    }
}

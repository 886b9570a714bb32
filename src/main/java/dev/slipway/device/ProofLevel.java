package dev.slipway.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How well somebody has proved to be a certain device, weakest first. */
public enum ProofLevel {
    /** Not at all: an operator let it. */
    NONE,
    /** It had a secret that whoever has it can show. */
    POSSESSION,
    /** It has the device's key, and the device is ours: a TO2. */
    OWNERSHIP,
    /** It is in a state that a policy accepts: a quote, by a TPM that is bound to the device's key. */
    ATTESTED;

    /** As people and files write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProofLevel> find(String word) {
        return Arrays.stream(values()).filter(level -> level.word().equals(word)).findFirst();
    }

    /** All words, for a message. */
    public static String known() {
        return Arrays.stream(values()).map(ProofLevel::word).collect(Collectors.joining(", "));
    }

    public boolean suffices(ProofLevel lowest) {
        return compareTo(lowest) >= 0;
    }
}

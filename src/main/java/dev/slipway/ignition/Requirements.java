package dev.slipway.ignition;

import dev.slipway.device.ProofLevel;
import java.util.Optional;

/**
 * What a profile wants of a device before it gives it anything.
 *
 * @param policy name of the one that says what its machine may boot
 */
record Requirements(ProofLevel lowestProof, Optional<String> policy) {

    /** What a profile that says nothing wants. */
    static final Requirements DEFAULT = new Requirements(ProofLevel.OWNERSHIP, Optional.empty());
}

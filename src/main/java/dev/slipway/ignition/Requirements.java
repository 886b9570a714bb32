package dev.slipway.ignition;

import dev.slipway.device.ProofLevel;
import java.util.Optional;

/**
 * What a profile wants of a device before it gives it anything.
 *
 * @param tpm whether the device's key has to be in a TPM
 * @param policy name of the one that says what its machine may boot
 */
record Requirements(ProofLevel lowestProof, boolean tpm, Optional<String> policy) {

    /** What a profile that says nothing wants. */
    static final Requirements DEFAULT = new Requirements(ProofLevel.OWNERSHIP, false, Optional.empty());
}

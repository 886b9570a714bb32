package dev.slipway.fdo.key;

import dev.slipway.bytes.Bytes;
import java.security.PublicKey;
import java.util.Optional;

/** The device keys that were proven to be in a TPM that is trusted, and not to leave it. */
public interface ProvenKeys {

    boolean include(PublicKey deviceKey);

    /** By what one of them was proven, as {@link KeyEvidence} judges it; empty where that was not kept. */
    default Optional<Bytes> evidence(PublicKey deviceKey) {
        return Optional.empty();
    }
}

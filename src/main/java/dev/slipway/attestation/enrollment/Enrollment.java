package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.TpmIdentity;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmtPublic;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * That a device key is in one TPM, and may be believed to be.
 *
 * @param guid of the voucher; empty while the device has none, and its device key tells it
 * @param eks Names of the TPM's EKs that were enrolled: it has one for each kind of key
 * @param tpm what its vendor calls it; empty for a pinned EK
 */
public record Enrollment(
        Optional<Guid> guid, Set<Name> eks, EkStatus ekStatus, Optional<TpmIdentity> tpm, TpmtPublic ak, TpmtPublic deviceKey, Instant enrolledAt) {

    public Enrollment {
        eks = Set.copyOf(eks);
    }

    /** Whether a TPM with this EK and this device key is the enrolled one, once it has shown that it has both. */
    boolean isOf(Name ek, Name device) {
        return eks.contains(ek) || deviceKey.name().equals(device);
    }
}

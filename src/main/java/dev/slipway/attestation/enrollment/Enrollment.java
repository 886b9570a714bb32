package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.TpmIdentity;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmtPublic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That a device key is in one TPM, and may be believed to be.
 *
 * @param guid of the voucher; empty while the device has none, and its device key tells it
 * @param eks the TPM's EKs that were enrolled, the latest last: it has one for each kind of key
 * @param evidence a {@link dev.slipway.attestation.TpmEvidence}; empty for one that was made before evidence was kept
 * @param tpm what its vendor calls it; empty for a pinned EK
 */
public record Enrollment(
        Optional<Guid> guid, List<TpmtPublic> eks, EkStatus ekStatus, Optional<TpmIdentity> tpm, TpmtPublic ak, TpmtPublic deviceKey,
        Optional<Bytes> evidence, Instant enrolledAt) {

    public Enrollment {
        eks = List.copyOf(eks);
    }

    /** Whether its TPM was enrolled by this EK. */
    public boolean has(Name ek) {
        return eks.stream().anyMatch(known -> known.name().equals(ek));
    }

    /** The EK that it was enrolled by last. */
    public TpmtPublic latestEk() {
        return eks.get(eks.size() - 1);
    }

    /** Whether a TPM with this EK and this device key is the enrolled one, once it has shown that it has both. */
    boolean isOf(Name ek, Name device) {
        return has(ek) || deviceKey.name().equals(device);
    }
}

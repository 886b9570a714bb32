package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.Guid;
import java.time.Duration;
import java.util.Optional;

/** What a device gets that quoted what it booted. */
public interface BootTickets {

    /** @param secret 32 octets, good for {@code lifetime} if it is not used */
    record Minted(SecretBytes secret, Duration lifetime) {}

    /** The GUID that the device has now; empty where there is no voucher for it. */
    Optional<Guid> guid(Enrollment enrollment);

    /**
     * @param appraised whether what was quoted was held against what is accepted; else it only proves which device it is
     * @throws dev.slipway.failure.Failure if the device is not one that gets anything for that
     */
    Minted mint(Enrollment enrollment, boolean appraised);
}

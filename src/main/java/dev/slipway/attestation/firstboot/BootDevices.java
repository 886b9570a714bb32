package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.Guid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The devices whose keys are enrolled, and what they are given. */
@FunctionalInterface
public interface BootDevices {

    /** Empty where there is no voucher for the enrolled key. */
    Optional<BootDevice> find(Enrollment enrollment);

    /** One of them. */
    interface BootDevice {

        /** That it has now. */
        Guid guid();

        /** Looked up once: what lets the boot pass, and what is asked for the ticket, are of one moment. */
        Given given();
    }

    /** What a device is to get, as it is now. */
    interface Given {

        /** What operators say that its machine may boot, all of which has to let it pass; none where nobody said anything. */
        List<InForce> policies();

        /**
         * A ticket for it.
         *
         * @param appraised whether what was quoted was held against what is accepted; else it only proves which device it is
         * @throws dev.slipway.failure.Failure if the device is not one that gets anything for that
         */
        Minted mint(boolean appraised);
    }

    /** @param secret 32 octets, good for {@code lifetime} if it is not used */
    record Minted(SecretBytes secret, Duration lifetime) {}
}

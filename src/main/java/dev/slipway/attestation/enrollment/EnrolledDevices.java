package dev.slipway.attestation.enrollment;

import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import java.security.PublicKey;
import java.util.Optional;

/** What is known of devices before one is enrolled. */
public interface EnrolledDevices {

    Optional<Enrollment> ofGuid(Guid guid);

    /** The enrolment that an AK or a device key is part of. */
    Optional<Enrollment> ofKey(Name key);

    /** The device key of a voucher that is here. */
    Optional<PublicKey> voucherKey(Guid guid);

    /** Whether an operator said that the TPM of this EK may take the place of the one that the GUID is enrolled with. */
    boolean isAccepted(Guid guid, Name ek);

    /** Whether an operator vouches for an EK that has no certificate. */
    boolean isPinned(Name ek);
}

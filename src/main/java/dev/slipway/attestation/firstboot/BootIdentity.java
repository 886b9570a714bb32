package dev.slipway.attestation.firstboot;

import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;

/** Who a device says it is, before it has shown anything. */
public sealed interface BootIdentity {

    record OfGuid(Guid guid) implements BootIdentity {}

    record OfEk(Name ek) implements BootIdentity {}

    record OfAk(Name ak) implements BootIdentity {}
}

package dev.slipway.ops;

import dev.slipway.fdo.message.Protocol;
import java.util.Set;

/** What this service is to devices (FIDO Device Onboard 1.1, FIDO Device Onboard Entities). */
public enum Role {
    /** Initialises devices. */
    MANUFACTURER(Protocol.DI),
    /** Tells devices where their owner is. */
    RENDEZVOUS(Protocol.TO0, Protocol.TO1),
    /** Onboards devices. */
    OWNER(Protocol.TO2);

    private final Set<Protocol> protocols;

    Role(Protocol... protocols) {
        this.protocols = Set.of(protocols);
    }

    Set<Protocol> protocols() {
        return protocols;
    }
}

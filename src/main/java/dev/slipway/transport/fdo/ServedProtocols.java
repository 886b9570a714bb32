package dev.slipway.transport.fdo;

import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.Protocol;
import java.util.Set;

/** The protocols that this service speaks; the others are another service's. */
public record ServedProtocols(Set<Protocol> protocols) {

    /** @throws NotFound so that a device goes on to its next server */
    void require(MessageType type) {
        if (!protocols.contains(type.protocol())) {
            throw new NotFound(type + " is not served here; see slipway.roles");
        }
    }
}

package dev.slipway.fdo.session;

import dev.slipway.fdo.kex.SessionKeys;
import dev.slipway.fdo.type.Guid;
import java.util.Optional;

/** What a service knows between two messages. Each protocol has a sealed family of its own; a record holds just what is known by then. */
public interface SessionState {

    /** The device that this is about, as far as it has said so. */
    Optional<Guid> guid();

    /** What it keeps in memory of vouchers, configs and what a peer sent: octets, as they are encoded. */
    int octets();

    /** The keys of encrypted messages, once there are any. */
    default Optional<SessionKeys> keys() {
        return Optional.empty();
    }
}

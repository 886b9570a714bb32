package dev.slipway.transport.fdo;

import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.Protocol;

/** Which protocols a peer may use, by where it comes from. Whoever can initialise a device gets its config, with the secrets in it. */
enum Access {
    ALL,
    ALL_BUT_INITIALIZE,
    INITIALIZE_ONLY,
    NONE;

    boolean allows(MessageType type) {
        boolean initializing = type.protocol() == Protocol.DI;
        return switch (this) {
            case ALL -> true;
            case ALL_BUT_INITIALIZE -> !initializing;
            case INITIALIZE_ONLY -> initializing;
            case NONE -> false;
        };
    }
}

package dev.slipway.transport.fdo;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.message.ErrorMessage;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.session.SessionToken;
import java.util.Optional;

/**
 * An answer as it goes out.
 *
 * @param messageNumber absent where the body is empty
 */
record FdoReply(int status, Optional<Integer> messageNumber, Optional<SessionToken> token, Bytes body) {

    private static final int OK = 200;
    private static final int INTERNAL_SERVER_ERROR = 500;

    static FdoReply of(MessageType type, SessionToken token, Bytes body) {
        return new FdoReply(OK, Optional.of(type.number()), Optional.of(token), body);
    }

    /** All errors have this status: some clients read an error message with no other. */
    static FdoReply of(ErrorMessage error, Optional<SessionToken> token) {
        return new FdoReply(INTERNAL_SERVER_ERROR, Optional.of(MessageType.ERROR), token, error.encode());
    }

    /** The answer to an error message, which has no answer. */
    static FdoReply empty() {
        return new FdoReply(OK, Optional.empty(), Optional.empty(), Bytes.EMPTY);
    }
}

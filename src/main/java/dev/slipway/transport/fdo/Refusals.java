package dev.slipway.transport.fdo;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.message.ErrorMessage;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.transport.Peer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tells of a refusal: a code and a fixed phrase to the peer, the cause to the operator, an event to the auditor. */
@Singleton
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);
    private static final int MAX_MESSAGE_NUMBER = 255;

    private final AuditLog audit;
    private final RandomSource random;
    private final Clock clock;

    Refusals(AuditLog audit, RandomSource random, Clock clock) {
        this.audit = audit;
        this.random = random;
        this.clock = clock;
    }

    /** The error message for the peer. Its correlation id leads to the log line and the event. */
    ErrorMessage record(int messageNumber, Optional<MessageType> type, Optional<Guid> guid, RuntimeException cause) {
        int correlationId = correlationId();
        Instant now = clock.instant();
        Failure failure = cause instanceof Failure known ? known : new Failure.Internal("unexpected failure", cause);
        String words = Peer.printable(String.valueOf(failure.getMessage()));
        log(correlationId, messageNumber, guid, failure, words);
        audit.append(AuditEvent.refused(
                "fdo.refused",
                now,
                "device",
                guid.map(Guid::toString),
                failure.reason(),
                Map.of(
                        "message", Integer.toString(messageNumber),
                        "correlationId", Integer.toString(correlationId),
                        "cause", words)));
        int prevMsg = messageNumber <= MAX_MESSAGE_NUMBER ? messageNumber : 0;
        return new ErrorMessage(FdoErrors.codeOf(failure, type), prevMsg, now.getEpochSecond(), correlationId);
    }

    private static void log(int correlationId, int messageNumber, Optional<Guid> guid, Failure failure, String words) {
        String device = guid.map(Guid::toString).orElse("-");
        if (failure instanceof Failure.Internal) {
            LOG.errorf(failure, "message %d failed: guid=%s correlationId=%d", messageNumber, device, correlationId);
        } else {
            LOG.warnf(
                    "message %d refused: %s: %s guid=%s correlationId=%d",
                    messageNumber, failure.reason(), words, device, correlationId);
        }
    }

    /** What a peer sends when it gives up; its text is shown without control characters and not trusted. */
    void recordPeerError(Bytes body, Optional<Guid> guid) {
        ErrorMessage.Received error = ErrorMessage.Received.decode(body);
        String text = Peer.printable(error.text());
        LOG.warnf("peer gave up after message %d: code %d, \"%s\" guid=%s", error.prevMsg(), error.code(), text, guid.map(Guid::toString).orElse("-"));
        audit.append(AuditEvent.refused(
                "fdo.peer-gave-up",
                clock.instant(),
                "device",
                guid.map(Guid::toString),
                "peer-error",
                Map.of("message", Integer.toString(error.prevMsg()), "code", Integer.toString(error.code()), "text", text)));
    }

    private int correlationId() {
        Bytes octets = random.next(4);
        return (octets.at(0) & 0x7f) << 24 | octets.at(1) << 16 | octets.at(2) << 8 | octets.at(3);
    }
}

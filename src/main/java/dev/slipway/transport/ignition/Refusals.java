package dev.slipway.transport.ignition;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ticket.ConfigAnswer;
import dev.slipway.ignition.ticket.ConfigRequest.Consumer;
import dev.slipway.transport.Peer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Tells of a refusal: a status to the device, the cause to the operator, an event to the auditor. Of a device that waits for an operator
 * nothing is said: its ticket does.
 */
@Singleton
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private final AuditLog audit;
    private final Clock clock;
    private final OncePerMinute repeated = new OncePerMinute();

    Refusals(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    IgnitionStatus record(ConfigAnswer.Refused refused, Consumer consumer) {
        Failure cause = refused.cause();
        IgnitionStatus status = IgnitionStatus.of(cause);
        if (cause instanceof Failure.NotYet) {
            return status;
        }
        String words = Peer.printable(String.valueOf(cause.getMessage()));
        String device = refused.guid().map(Guid::toString).orElse("-");
        Instant now = clock.instant();
        if (status == IgnitionStatus.SERVICE_UNAVAILABLE && !repeated.take(words, now)) {
            return status;
        }
        if (cause instanceof Failure.Internal) {
            LOG.errorf(cause, "a config request failed: guid=%s address=%s", device, consumer.address());
        } else {
            LOG.warnf("a config request was refused: %s: %s guid=%s address=%s", cause.reason(), words, device, consumer.address());
        }
        audit.append(AuditEvent.refused(
                "config.refused",
                now,
                "device",
                refused.guid().map(Guid::toString),
                cause.reason(),
                Map.of("cause", words, "address", consumer.address(), "userAgent", consumer.userAgent())));
        return status;
    }
}

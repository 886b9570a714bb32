package dev.slipway.transport.ignition;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ticket.ConfigAnswer;
import dev.slipway.ignition.ticket.ConfigRequest.Consumer;
import dev.slipway.transport.OncePerPeriod;
import dev.slipway.transport.Peer;
import dev.slipway.transport.RefusalBudget;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Tells of a refusal: a status to the device, the cause to the operator, an event to the auditor. Of a device that waits for an operator
 * nothing is said: its ticket does. Operator and auditor are told of so many only.
 */
@Singleton
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);
    private static final int MAX_TEXTS = 100;

    private final RefusalBudget budget;
    private final AuditLog audit;
    private final Clock clock;
    private final OncePerPeriod repeated = new OncePerPeriod(Duration.ofMinutes(1), MAX_TEXTS);

    Refusals(RefusalBudget budget, AuditLog audit, Clock clock) {
        this.budget = budget;
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
        boolean noted = status == IgnitionStatus.SERVICE_UNAVAILABLE ? repeated.take(words, now) : budget.spend(consumer.address(), now);
        if (!noted) {
            return status;
        }
        if (cause instanceof Failure.Internal) {
            LOG.errorf(cause, "a config request failed: guid=%s address=%s", device, consumer.address());
        } else {
            LOG.warnf("a config request was refused: %s: %s guid=%s address=%s", cause.reason(), words, device, consumer.address());
        }
        AuditEvent event = AuditEvent.refused(
                "config.refused",
                now,
                "device",
                refused.guid().map(Guid::toString),
                cause.reason(),
                Map.of("cause", words, "address", consumer.address(), "userAgent", consumer.userAgent()));
        if (!audit.append(event)) {
            budget.leaveOut(consumer.address());
        }
        return status;
    }
}

package dev.slipway.transport.attest;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.type.Guid;
import dev.slipway.transport.Peer;
import dev.slipway.transport.RefusalBudget;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tells of a refusal: a code and a phrase to the peer, the cause to the operator, an event to the auditor; of so many, and no more. */
@Singleton
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private final RefusalBudget budget;
    private final AuditLog audit;
    private final Clock clock;

    Refusals(RefusalBudget budget, AuditLog audit, Clock clock) {
        this.budget = budget;
        this.audit = audit;
        this.clock = clock;
    }

    AttestError record(Asker asker, String peer, Optional<Guid> guid, RuntimeException cause) {
        Failure failure = cause instanceof Failure known ? known : new Failure.Internal("unexpected failure", cause);
        AttestError error = asker.error(failure);
        String code = AttestError.of(failure).code();
        Instant now = clock.instant();
        if (!budget.spend(peer, now)) {
            return error;
        }
        String words = Peer.printable(String.valueOf(failure.getMessage()));
        String device = guid.map(Guid::toString).orElse("-");
        if (failure instanceof Failure.Internal) {
            LOG.errorf(failure, "%s: guid=%s peer=%s", asker.event(), device, peer);
        } else {
            LOG.warnf("%s: %s: %s guid=%s peer=%s", asker.event(), code, words, device, peer);
        }
        AuditEvent refused =
                AuditEvent.refused(asker.event(), now, asker.word(), guid.map(Guid::toString), code, Map.of("peer", peer, "cause", words));
        if (!audit.append(refused)) {
            budget.leaveOut(peer);
        }
        return error;
    }
}

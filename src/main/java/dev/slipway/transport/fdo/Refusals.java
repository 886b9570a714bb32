package dev.slipway.transport.fdo;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.message.ErrorMessage;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.transport.OncePerPeriod;
import dev.slipway.transport.Peer;
import dev.slipway.transport.RefusalBudget;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells of a refusal: a code and a fixed phrase to the peer, the cause to the operator, an event to the auditor. Operator and auditor are told
 * of so many only, and then of how many more there were.
 */
@Singleton
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);
    private static final int TELL_SECONDS = 60;
    private static final int MAX_MESSAGE_NUMBER = 255;
    private static final int MAX_WAITING_DEVICES = 10_000;

    private final RefusalBudget budget;
    private final AuditLog audit;
    /** Of a device that waits for an operator is told once an hour, so that there is room to tell of others. */
    private final OncePerPeriod waiting = new OncePerPeriod(Duration.ofHours(1), MAX_WAITING_DEVICES);
    private final RandomSource random;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("refusals").factory());

    Refusals(RefusalBudget budget, AuditLog audit, RandomSource random, Clock clock) {
        this.budget = budget;
        this.audit = audit;
        this.random = random;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(this::tellOfThoseLeftOut, TELL_SECONDS, TELL_SECONDS, TimeUnit.SECONDS);
    }

    /** The error message for the peer. Its correlation id leads to the log line and the event, unless there were too many to note them. */
    ErrorMessage record(String peer, int messageNumber, Optional<MessageType> type, Optional<Guid> guid, RuntimeException cause) {
        int correlationId = correlationId();
        Instant now = clock.instant();
        Failure failure = cause instanceof Failure known ? known : new Failure.Internal("unexpected failure", cause);
        String words = Peer.printable(String.valueOf(failure.getMessage()));
        boolean noted = failure instanceof Failure.NotYet
                ? waiting.take(guid.map(Guid::toString).orElse("") + words, now)
                : budget.spend(peer, now);
        if (noted) {
            log(correlationId, messageNumber, guid, failure, words);
            append(peer, AuditEvent.refused(
                    "fdo.refused",
                    now,
                    "device",
                    guid.map(Guid::toString),
                    failure.reason(),
                    Map.of(
                            "message", Integer.toString(messageNumber),
                            "peer", peer,
                            "correlationId", Integer.toString(correlationId),
                            "cause", words)));
        }
        int prevMsg = messageNumber <= MAX_MESSAGE_NUMBER ? messageNumber : 0;
        return new ErrorMessage(FdoErrors.codeOf(failure, type), prevMsg, now.getEpochSecond(), correlationId);
    }

    private void append(String peer, AuditEvent event) {
        if (!audit.append(event)) {
            budget.leaveOut(peer);
        }
    }

    private void tellOfThoseLeftOut() {
        budget.takeLeftOut().ifPresent(leftOut -> {
            LOG.warnf(
                    "%d refusals more were not noted, %d of them of %s; see slipway.limits.noted-refusals",
                    leftOut.count(), leftOut.ofPeer(), leftOut.peer());
            audit.append(AuditEvent.refused(
                    "fdo.refusals-left-out",
                    clock.instant(),
                    "system",
                    Optional.empty(),
                    "too-many",
                    Map.of(
                            "count", Long.toString(leftOut.count()),
                            "peer", leftOut.peer(),
                            "ofPeer", Long.toString(leftOut.ofPeer()))));
        });
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
    void recordPeerError(String peer, Bytes body, Optional<Guid> guid) {
        ErrorMessage.Received error = ErrorMessage.Received.decode(body);
        Instant now = clock.instant();
        if (budget.spend(peer, now)) {
            String text = Peer.printable(error.text());
            String device = guid.map(Guid::toString).orElse("-");
            LOG.warnf("peer gave up after message %d: code %d, \"%s\" guid=%s", error.prevMsg(), error.code(), text, device);
            append(peer, AuditEvent.refused(
                    "fdo.peer-gave-up",
                    now,
                    "device",
                    guid.map(Guid::toString),
                    "peer-error",
                    Map.of(
                            "message", Integer.toString(error.prevMsg()),
                            "peer", peer,
                            "code", Integer.toString(error.code()),
                            "text", text)));
        }
    }

    private int correlationId() {
        Bytes octets = random.next(4);
        return (octets.at(0) & 0x7f) << 24 | octets.at(1) << 16 | octets.at(2) << 8 | octets.at(3);
    }

    /** Before storage closes. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        timer.shutdownNow();
        tellOfThoseLeftOut();
    }
}

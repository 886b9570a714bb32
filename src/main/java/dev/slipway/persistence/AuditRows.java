package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.fdo.type.RandomSource;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/** The audit log as a table. */
@Singleton
public final class AuditRows implements AuditLog {

    private static final Logger LOG = Logger.getLogger(AuditRows.class);
    private static final int MAX_PENDING = 512;

    private final Writes writes;
    private final RandomSource random;
    private final Semaphore room = new Semaphore(MAX_PENDING);

    public AuditRows(Writes writes, RandomSource random) {
        this.writes = writes;
        this.random = random;
    }

    @Override
    public boolean append(AuditEvent event) {
        if (!room.tryAcquire()) {
            return false;
        }
        try {
            store(event).whenComplete((done, failure) -> {
                room.release();
                if (failure != null) {
                    LOG.error("an audit event was not stored", failure);
                }
            });
            return true;
        } catch (Busy e) {
            room.release();
            return false;
        }
    }

    @Override
    public CompletableFuture<Void> store(AuditEvent event) {
        return writes.submit(session -> insert(session, event));
    }

    /** Adds the event in the transaction of the change that it is about. */
    Void insert(StatelessSession session, AuditEvent event) {
        AuditEventEntity row = new AuditEventEntity();
        row.id = Uuid7.next(event.at(), random);
        row.event = event.id();
        row.at = event.at().toEpochMilli();
        row.actor = event.actor();
        row.guid = event.guid().orElse(null);
        row.outcome = event.outcome().name().toLowerCase(Locale.ROOT);
        row.reason = event.reason();
        row.facts = event.facts();
        session.insert(row);
        return null;
    }
}

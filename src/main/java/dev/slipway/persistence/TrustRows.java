package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.voucher.TrustStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Those whom the operator listed, as a table. It is read with each voucher, so what was read last is kept until it changes. */
@Singleton
public final class TrustRows implements TrustStore {

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    /** Absent when it has to be read; guarded by this. */
    private Optional<List<Anchor>> current = Optional.empty();

    public TrustRows(Writes writes, SessionFactory sessions, AuditRows audit) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
    }

    /** Nobody reads while it is being forgotten, so what was read before a change is not kept after it: a removed anchor is gone. */
    @Override
    public synchronized List<Anchor> list() {
        if (current.isEmpty()) {
            current = Optional.of(read());
        }
        return current.get();
    }

    private synchronized void forget() {
        current = Optional.empty();
    }

    private List<Anchor> read() {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("from TrustAnchorEntity order by addedAt, fingerprint", TrustAnchorEntity.class)
                    .getResultStream()
                    .map(row -> new Anchor(
                            row.kind, Bytes.owning(row.fingerprint), Bytes.owning(row.encoded), row.name, Instant.ofEpochMilli(row.addedAt)))
                    .toList();
        }
    }

    @Override
    public void add(List<Anchor> anchors, AuditEvent event) {
        writes.run(session -> {
            anchors.forEach(anchor -> session.upsert(row(anchor)));
            return audit.insert(session, event);
        });
        forget();
    }

    private static TrustAnchorEntity row(Anchor anchor) {
        TrustAnchorEntity row = new TrustAnchorEntity();
        row.kind = anchor.kind();
        row.fingerprint = anchor.fingerprint().toArray();
        row.encoded = anchor.encoded().toArray();
        row.name = anchor.name();
        row.addedAt = anchor.addedAt().toEpochMilli();
        return row;
    }

    @Override
    public boolean remove(Kind kind, Bytes fingerprint, AuditEvent event) {
        boolean removed = writes.run(session -> {
            int count = session.createMutationQuery("delete from TrustAnchorEntity where kind = :kind and fingerprint = :fingerprint")
                    .setParameter("kind", kind)
                    .setParameter("fingerprint", fingerprint.toArray())
                    .executeUpdate();
            if (count > 0) {
                audit.insert(session, event);
            }
            return count > 0;
        });
        forget();
        return removed;
    }
}

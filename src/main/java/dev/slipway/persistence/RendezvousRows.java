package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.OwnerSignatureRejected;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.rendezvous.RendezvousRepository;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.SubjectPublicKeyInfo;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Registrations as a table. */
@Singleton
public final class RendezvousRows implements RendezvousRepository {

    private static final int PATH_ELEMENT_OCTETS = 32;

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;

    public RendezvousRows(Writes writes, SessionFactory sessions, AuditRows audit) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
    }

    @Override
    public Optional<RendezvousBlob> find(Guid guid, Instant now) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Optional.ofNullable(session.get(RendezvousBlobEntity.class, guid.value().toArray()))
                    .map(RendezvousRows::blob)
                    .filter(blob -> blob.expiresAt().filter(expiry -> !expiry.isAfter(now)).isEmpty());
        }
    }

    @Override
    public void register(RendezvousBlob blob, AuditEvent event) {
        writes.run(session -> {
            register(session, blob, event.at());
            return audit.insert(session, event);
        });
    }

    /** Part of a larger transaction. A blob that has expired is as good as none. */
    void register(StatelessSession session, RendezvousBlob blob, Instant now) {
        RendezvousBlobEntity earlier = session.get(RendezvousBlobEntity.class, blob.guid().value().toArray());
        boolean expired = earlier != null && earlier.expiresAt != null && earlier.expiresAt <= now.toEpochMilli();
        if (earlier != null && !expired && !blob.mayReplace(blob(earlier))) {
            throw new OwnerSignatureRejected("a later owner is registered for " + blob.guid());
        }
        if (earlier == null) {
            session.insert(row(blob));
        } else {
            session.update(row(blob));
        }
    }

    /** The same for a GUID that was made just now, for which nobody can have registered. */
    static void insert(StatelessSession session, RendezvousBlob blob) {
        session.insert(row(blob));
    }

    static void delete(StatelessSession session, Guid guid) {
        session.createMutationQuery("delete from RendezvousBlobEntity where guid = :guid")
                .setParameter("guid", guid.value().toArray())
                .executeUpdate();
    }

    /** How many had expired. */
    public int deleteExpired(Instant now) {
        return writes.run(session -> session.createMutationQuery("delete from RendezvousBlobEntity where expiresAt <= :now")
                .setParameter("now", now.toEpochMilli())
                .executeUpdate());
    }

    static RendezvousBlobEntity row(RendezvousBlob blob) {
        RendezvousBlobEntity row = new RendezvousBlobEntity();
        row.guid = blob.guid().value().toArray();
        row.to1d = blob.to1d().toArray();
        row.deviceKey = blob.deviceKey().getEncoded();
        row.ownerPath = Bytes.concat(blob.ownerPath().toArray(Bytes[]::new)).toArray();
        row.expiresAt = blob.expiresAt().map(Instant::toEpochMilli).orElse(null);
        return row;
    }

    static RendezvousBlob blob(RendezvousBlobEntity row) {
        Bytes path = Bytes.owning(row.ownerPath);
        return new RendezvousBlob(
                new Guid(Bytes.owning(row.guid)),
                Bytes.owning(row.to1d),
                SubjectPublicKeyInfo.decodeStored(Bytes.owning(row.deviceKey)),
                IntStream.range(0, path.length() / PATH_ELEMENT_OCTETS)
                        .mapToObj(i -> path.slice(i * PATH_ELEMENT_OCTETS, (i + 1) * PATH_ELEMENT_OCTETS))
                        .toList(),
                Optional.ofNullable(row.expiresAt).map(Instant::ofEpochMilli));
    }
}

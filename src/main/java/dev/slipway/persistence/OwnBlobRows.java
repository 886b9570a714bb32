package dev.slipway.persistence;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.owner.OwnBlobs;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.type.Guid;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/** Those rows of {@link RendezvousRows} that never expire: their owner is this server. */
@Singleton
public final class OwnBlobRows implements OwnBlobs {

    private final Writes writes;
    private final SessionFactory sessions;

    public OwnBlobRows(Writes writes, SessionFactory sessions) {
        this.writes = writes;
        this.sessions = sessions;
    }

    @Override
    public Optional<Bytes> addresses() {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Optional.ofNullable(session.get(AnnouncedAddressesEntity.class, AnnouncedAddressesEntity.ONLY))
                    .map(row -> Bytes.owning(row.addresses));
        }
    }

    @Override
    public void setAddresses(Bytes addresses) {
        AnnouncedAddressesEntity row = new AnnouncedAddressesEntity();
        row.addresses = addresses.toArray();
        writes.run(session -> {
            session.upsert(row);
            return null;
        });
    }

    @Override
    public List<Guid> list(Optional<Guid> after, int limit) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            String beyond = after.isEmpty() ? "" : "and guid > :after ";
            SelectionQuery<byte[]> query = session.createSelectionQuery(
                            "select guid from RendezvousBlobEntity where expiresAt is null " + beyond + "order by guid", byte[].class)
                    .setMaxResults(limit);
            after.ifPresent(last -> query.setParameter("after", last.value().toArray()));
            return query.getResultStream().map(guid -> new Guid(Bytes.owning(guid))).toList();
        }
    }

    @Override
    public void replace(List<RendezvousBlob> blobs) {
        writes.run(session -> {
            blobs.forEach(blob -> replace(session, blob));
            return null;
        });
    }

    private static void replace(StatelessSession session, RendezvousBlob blob) {
        RendezvousBlobEntity row = session.get(RendezvousBlobEntity.class, blob.guid().value().toArray());
        if (row != null && row.expiresAt == null && blob.mayReplace(RendezvousRows.blob(row))) {
            session.update(RendezvousRows.row(blob));
        }
    }
}

package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.DeviceState;
import dev.slipway.fdo.owner.Registration;
import dev.slipway.fdo.owner.RegistrationStore;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/** Registrations at other rendezvous servers, as a table. */
@Singleton
public final class RegistrationRows implements RegistrationStore {

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    private final RandomSource random;

    public RegistrationRows(Writes writes, SessionFactory sessions, AuditRows audit, RandomSource random) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
        this.random = random;
    }

    /** Part of a larger transaction: what is to be done for a new voucher, at once. */
    void want(StatelessSession session, Guid guid, List<URI> servers, Instant now) {
        for (URI server : servers) {
            RegistrationEntity row = new RegistrationEntity();
            row.id = Uuid7.next(now, random);
            row.guid = guid.value().toArray();
            row.server = server.toString();
            row.nextAttempt = now.toEpochMilli();
            session.insert(row);
        }
    }

    static void delete(StatelessSession session, Guid guid) {
        session.createMutationQuery("delete from RegistrationEntity where guid = :guid")
                .setParameter("guid", guid.value().toArray())
                .executeUpdate();
    }

    @Override
    public List<Registration> due(Instant now, int limit, Set<URI> except) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            String others = except.isEmpty() ? "" : "and server not in :except ";
            SelectionQuery<RegistrationEntity> query = session.createSelectionQuery(
                            "from RegistrationEntity where nextAttempt <= :now " + others + "order by nextAttempt", RegistrationEntity.class)
                    .setParameter("now", now.toEpochMilli())
                    .setMaxResults(limit);
            if (!except.isEmpty()) {
                query.setParameterList("except", except.stream().map(URI::toString).toList());
            }
            return query.getResultStream()
                    .map(RegistrationRows::registration)
                    .toList();
        }
    }

    @Override
    public List<Registration> of(Guid guid) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("from RegistrationEntity where guid = :guid order by id", RegistrationEntity.class)
                    .setParameter("guid", guid.value().toArray())
                    .getResultStream()
                    .map(RegistrationRows::registration)
                    .toList();
        }
    }

    private static Registration registration(RegistrationEntity row) {
        return new Registration(
                new Guid(Bytes.owning(row.guid)),
                URI.create(row.server),
                Instant.ofEpochMilli(row.nextAttempt),
                row.accepted,
                Optional.ofNullable(row.grantedUntil).map(Instant::ofEpochMilli),
                row.failures,
                Optional.ofNullable(row.lastError),
                Optional.ofNullable(row.lastAttempt).map(Instant::ofEpochMilli));
    }

    @Override
    public void accepted(Registration registration, Instant at, Optional<Instant> grantedUntil, Instant nextAttempt, Bytes addresses, AuditEvent event) {
        update(registration, (session, row) -> {
            row.accepted = true;
            row.grantedUntil = grantedUntil.map(Instant::toEpochMilli).orElse(null);
            row.failures = 0;
            row.lastError = null;
            row.lastAttempt = at.toEpochMilli();
            row.nextAttempt = nextAttempt.toEpochMilli();
            row.addresses = addresses.toArray();
            announce(session, registration.guid());
            audit.insert(session, event);
        });
    }

    private static void announce(StatelessSession session, Guid guid) {
        DeviceEntity device = session.get(DeviceEntity.class, VoucherTable.get(session, guid).deviceId);
        if (device.state == DeviceState.VOUCHERED) {
            device.state = DeviceState.ANNOUNCED;
            session.update(device);
        }
    }

    @Override
    public void failed(Registration registration, Instant at, String error, Instant nextAttempt) {
        update(registration, (session, row) -> {
            row.failures++;
            row.lastError = error.substring(0, Math.min(error.length(), RegistrationEntity.MAX_ERROR_CHARACTERS));
            row.lastAttempt = at.toEpochMilli();
            row.nextAttempt = nextAttempt.toEpochMilli();
        });
    }

    private void update(Registration registration, BiConsumer<StatelessSession, RegistrationEntity> change) {
        writes.run(session -> {
            session.createSelectionQuery(
                            "from RegistrationEntity where guid = :guid and server = :server", RegistrationEntity.class)
                    .setParameter("guid", registration.guid().value().toArray())
                    .setParameter("server", registration.server().toString())
                    .getResultList()
                    .forEach(row -> {
                        change.accept(session, row);
                        session.update(row);
                    });
            return null;
        });
    }

    @Override
    public int makeDueUnlessTold(Bytes addresses, Instant now) {
        return writes.run(session -> session.createMutationQuery(
                        "update RegistrationEntity set nextAttempt = :now where accepted = true and addresses <> :addresses and nextAttempt > :now")
                .setParameter("now", now.toEpochMilli())
                .setParameter("addresses", addresses.toArray())
                .executeUpdate());
    }
}

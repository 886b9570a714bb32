package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.ticket.ConfigSeal;
import dev.slipway.ignition.ticket.Proof;
import dev.slipway.ignition.ticket.Ticket;
import dev.slipway.ignition.ticket.TicketEvents;
import dev.slipway.ignition.ticket.TicketState;
import dev.slipway.persistence.TicketEntity.State;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Tickets and leases in the database; see {@link CachedTickets} for what uses it. A lease's config goes as soon as the lease ends. */
@Singleton
final class TicketRows {

    /** How long a ticket is known after its end, so that a second consumer is told from a stranger. */
    private static final Duration MEMORY = Duration.ofDays(30);
    private static final int MAX_OF_DEVICE = 20;
    private static final List<State> UNFETCHED = List.of(State.AWAITING_APPROVAL, State.UNUSED);
    private static final List<State> DONE = List.of(State.REPORTED, State.REVOKED);
    private static final List<State> LIVE = List.of(State.AWAITING_APPROVAL, State.UNUSED, State.LEASED);

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    private final ConfigSeal seal;

    TicketRows(Writes writes, SessionFactory sessions, AuditRows audit, ConfigSeal seal) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
        this.seal = seal;
    }

    Optional<Ticket> find(Bytes hash) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Optional.ofNullable(session.get(TicketEntity.class, hash.toArray())).map(TicketTable::ticket);
        }
    }

    List<Ticket> of(UUID device) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("from TicketEntity where deviceId = :device order by mintedAt desc, hash", TicketEntity.class)
                    .setParameter("device", device)
                    .setMaxResults(MAX_OF_DEVICE)
                    .getResultStream()
                    .map(TicketTable::ticket)
                    .toList();
        }
    }

    /** @return the tickets that ended with this */
    List<Bytes> mint(Ticket ticket, AuditEvent event) {
        return writes.run(session -> {
            List<Bytes> ended = end(session, ticket.device(), State.SUPERSEDED, event.at());
            session.insert(TicketTable.row(ticket));
            audit.insert(session, event);
            return ended;
        });
    }

    /** @return the tickets that ended with this */
    List<Bytes> revoke(UUID device, AuditEvent event) {
        return writes.run(session -> {
            List<Bytes> ended = end(session, device, State.REVOKED, event.at());
            audit.insert(session, event);
            return ended;
        });
    }

    /**
     * Ends what the device of a key won by attestation and has not used, with an event for each, in a transaction of the caller's.
     *
     * @return the tickets that ended with this
     */
    List<Bytes> reject(StatelessSession session, byte[] deviceKey, Instant at) {
        List<TicketEntity> unused = session.createSelectionQuery(
                        "select ticket from TicketEntity ticket, DeviceEntity device where device.deviceKey = :key and ticket.deviceId = device.id"
                                + " and ticket.means = :attestation and ticket.state = :unused and ticket.until > :at",
                        TicketEntity.class)
                .setParameter("key", deviceKey)
                .setParameter("attestation", Proof.Means.ATTESTATION)
                .setParameter("unused", State.UNUSED)
                .setParameter("at", at.toEpochMilli())
                .getResultList();
        List<Ticket> ended = unused.stream()
                .map(TicketTable::ticket)
                .filter(ticket -> end(session, ticket.hash(), List.of(State.UNUSED), State.REJECTED, at))
                .toList();
        ended.forEach(ticket -> audit.insert(session, TicketEvents.rejected(ticket, at)));
        return ended.stream().map(Ticket::hash).toList();
    }

    private static List<Bytes> end(StatelessSession session, UUID device, State how, Instant at) {
        return session.createSelectionQuery("select hash from TicketEntity where deviceId = :device and state in :live and until > :at", byte[].class)
                .setParameter("device", device)
                .setParameterList("live", LIVE)
                .setParameter("at", at.toEpochMilli())
                .getResultStream()
                .map(Bytes::owning)
                .filter(hash -> end(session, hash, LIVE, how, at))
                .toList();
    }

    /** Whether there was one to end, in one of these states. */
    private static boolean end(StatelessSession session, Bytes hash, List<State> from, State how, Instant at) {
        int ended = session.createMutationQuery(
                        "update TicketEntity set state = :how, endedAt = :at where hash = :hash and state in :from and until > :at")
                .setParameter("how", how)
                .setParameter("at", at.toEpochMilli())
                .setParameter("hash", hash.toArray())
                .setParameterList("from", from)
                .executeUpdate();
        if (ended == 1) {
            session.createMutationQuery("delete from LeaseEntity where hash = :hash").setParameter("hash", hash.toArray()).executeUpdate();
        }
        return ended == 1;
    }

    boolean approve(Bytes hash, TicketState.Unused state, AuditEvent event) {
        return writes.run(session -> {
            int approved = session.createMutationQuery(
                            "update TicketEntity set state = :unused, until = :until where hash = :hash and state = :awaiting and until > :at")
                    .setParameter("unused", State.UNUSED)
                    .setParameter("until", state.until().toEpochMilli())
                    .setParameter("hash", hash.toArray())
                    .setParameter("awaiting", State.AWAITING_APPROVAL)
                    .setParameter("at", event.at().toEpochMilli())
                    .executeUpdate();
            if (approved == 1) {
                audit.insert(session, event);
            }
            return approved == 1;
        });
    }

    void extend(Bytes hash, Instant until) {
        writes.run(session -> session.createMutationQuery(
                        "update TicketEntity set until = :until where hash = :hash and state in :unfetched and until < :until")
                .setParameter("until", until.toEpochMilli())
                .setParameter("hash", hash.toArray())
                .setParameterList("unfetched", UNFETCHED)
                .executeUpdate());
    }

    RenderedConfig lease(Bytes hash, TicketState.Leased state, List<ProfileRevision> revisions, RenderedConfig config, AuditEvent event) {
        Bytes sealed = seal.seal(config.octets(), hash);
        return writes.run(session -> {
            int leased = session.createMutationQuery("update TicketEntity set state = :leased, leasedAt = :since, until = :until, consumer = :consumer,"
                            + " revisions = :revisions where hash = :hash and state = :unused and until > :since")
                    .setParameter("leased", State.LEASED)
                    .setParameter("since", state.since().toEpochMilli())
                    .setParameter("until", state.until().toEpochMilli())
                    .setParameter("consumer", state.consumer())
                    .setParameter("revisions", TicketTable.text(revisions))
                    .setParameter("hash", hash.toArray())
                    .setParameter("unused", State.UNUSED)
                    .executeUpdate();
            if (leased == 0) {
                return leased(session, hash);
            }
            LeaseEntity row = new LeaseEntity();
            row.hash = hash.toArray();
            row.version = config.version();
            row.sealed = sealed.toArray();
            session.insert(row);
            audit.insert(session, event);
            return config;
        });
    }

    RenderedConfig leased(Bytes hash) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return leased(session, hash);
        }
    }

    private RenderedConfig leased(StatelessSession session, Bytes hash) {
        LeaseEntity row = session.get(LeaseEntity.class, hash.toArray());
        if (row == null) {
            throw new Forbidden("the ticket or its lease has ended just now");
        }
        return new RenderedConfig(seal.open(Bytes.owning(row.sealed), hash), row.version);
    }

    boolean report(Bytes hash, AuditEvent event) {
        return writes.run(session -> {
            boolean ended = end(session, hash, List.of(State.LEASED), State.REPORTED, event.at());
            if (ended) {
                audit.insert(session, event);
            }
            return ended;
        });
    }

    void alarm(Bytes hash, Ticket.Alarm alarm, AuditEvent event) {
        writes.run(session -> {
            int first = session.createMutationQuery(
                            "update TicketEntity set alarmAt = :at, alarmConsumer = :consumer where hash = :hash and alarmAt is null")
                    .setParameter("at", alarm.at().toEpochMilli())
                    .setParameter("consumer", alarm.consumer())
                    .setParameter("hash", hash.toArray())
                    .executeUpdate();
            return first == 1 ? audit.insert(session, event) : null;
        });
    }

    /**
     * Deletes the configs of leases that have expired, and tickets that ended long ago; but not the last one of a device if somebody ended
     * it, since that is what stands against another. How many tickets.
     */
    int deleteExpired(Instant now) {
        return writes.run(session -> {
            session.createMutationQuery("delete from LeaseEntity where hash in (select hash from TicketEntity where until <= :now)")
                    .setParameter("now", now.toEpochMilli())
                    .executeUpdate();
            return session.createMutationQuery("delete from TicketEntity ticket where until <= :then and (state not in :done or exists ("
                            + "select 1 from TicketEntity newer where newer.deviceId = ticket.deviceId and newer.mintedAt > ticket.mintedAt))")
                    .setParameterList("done", DONE)
                    .setParameter("then", now.minus(MEMORY).toEpochMilli())
                    .executeUpdate();
        });
    }
}

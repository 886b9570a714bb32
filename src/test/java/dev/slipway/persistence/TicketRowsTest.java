package dev.slipway.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.ignition.ticket.Proof;
import dev.slipway.ignition.ticket.Ticket;
import dev.slipway.ignition.ticket.TicketState;
import dev.slipway.ignition.ticket.TicketStore;
import dev.slipway.ignition.ticket.TicketStoreContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;

/** Tickets on a real database. */
@QuarkusTest
@TestProfile(DatabaseProfile.class)
class TicketRowsTest extends TicketStoreContract {

    @Inject
    CachedTickets tickets;

    @Inject
    TicketRows rows;

    @Inject
    Writes writes;

    @Inject
    SessionFactory sessions;

    @Override
    protected TicketStore store() {
        return tickets;
    }

    @Override
    protected UUID newDevice() {
        DeviceEntity row = new DeviceEntity();
        row.id = Uuid7.next(NOW, VoucherFixture::random);
        row.deviceKey = VoucherFixture.random(91).toArray();
        row.serial = "SN";
        row.deviceInfo = "gateway";
        row.state = DeviceState.ANNOUNCED;
        row.since = NOW.toEpochMilli();
        writes.run(session -> session.insert(row));
        return row.id;
    }

    private <T> T read(Class<T> type, Ticket ticket) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.get(type, ticket.hash().toArray());
        }
    }

    private List<String> events(String id) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("select event from AuditEventEntity where event = :id", String.class)
                    .setParameter("id", id)
                    .getResultList();
        }
    }

    @Test
    void storesWhatIsLeasedSealed() {
        Ticket ticket = minted(unused());
        lease(ticket, "a password in the clear");
        LeaseEntity row = read(LeaseEntity.class, ticket);
        assertThat(new String(row.sealed, StandardCharsets.ISO_8859_1)).doesNotContain("password");
        assertThat(text(rows.leased(ticket.hash()))).isEqualTo("a password in the clear");
    }

    /** Whoever can write the database cannot give one device the config of another. */
    @Test
    void opensNoConfigThatWasMovedToAnotherTicket() {
        Ticket theirs = ticket(newDevice(), unused(), NOW);
        tickets.mint(theirs, event("ticket.minted", NOW));
        lease(theirs, "theirs");
        Ticket ours = minted(unused());
        lease(ours, "ours");
        writes.run(session -> {
            LeaseEntity moved = session.get(LeaseEntity.class, ours.hash().toArray());
            moved.sealed = session.get(LeaseEntity.class, theirs.hash().toArray()).sealed;
            session.update(moved);
            return null;
        });
        assertThatThrownBy(() -> rows.leased(ours.hash())).isInstanceOf(Failure.Internal.class);
    }

    @Test
    void deletesTheConfigWithTheEndOfItsLease() {
        Ticket reported = minted(unused());
        lease(reported, "x");
        tickets.report(reported.hash(), event("lease.reported", NOW));
        assertThat(read(LeaseEntity.class, reported)).isNull();
        Ticket revoked = minted(unused());
        lease(revoked, "x");
        tickets.revoke(device, event("ticket.revoked", NOW));
        assertThat(read(LeaseEntity.class, revoked)).isNull();
    }

    @Test
    void deletesConfigsThatHaveExpiredAndOldTickets() {
        Ticket ticket = minted(unused());
        lease(ticket, "x");
        tickets.deleteExpired(NOW.plus(Duration.ofMinutes(59)));
        assertThat(read(LeaseEntity.class, ticket)).isNotNull();
        tickets.deleteExpired(NOW.plus(Duration.ofHours(1)));
        assertThat(read(LeaseEntity.class, ticket)).isNull();
        assertThat(tickets.find(ticket.hash())).as("to know a second consumer by").isPresent();
        tickets.deleteExpired(NOW.plus(Duration.ofDays(30)));
        assertThat(tickets.find(ticket.hash())).isPresent();
        assertThat(tickets.deleteExpired(NOW.plus(Duration.ofDays(30)).plus(Duration.ofHours(1)))).isPositive();
        assertThat(tickets.find(ticket.hash())).isEmpty();
    }

    private Ticket won(Proof proof, TicketState state) {
        Ticket plain = ticket(device, state, NOW);
        Ticket won = new Ticket(
                plain.hash(), device, plain.guid(), plain.statedSerial(), plain.revisions(), plain.audience(), proof, NOW, state, Optional.empty());
        tickets.mint(won, event("ticket.minted", NOW));
        return won;
    }

    private List<Bytes> reject(UUID of, Instant at) {
        List<Bytes> ended = writes.run(session -> rows.reject(session, session.get(DeviceEntity.class, of).deviceKey, at));
        tickets.drop(ended);
        return ended;
    }

    @Test
    void endsWhatWasWonByAttestationAndNotUsed() {
        int before = events("ticket.rejected").size();
        Ticket attested = won(Proof.ATTESTED, unused());
        assertThat(reject(newDevice(), NOW)).as("another device's").isEmpty();
        assertThat(reject(device, NOW.plus(Duration.ofHours(1)))).as("expired").isEmpty();
        assertThat(tickets.find(attested.hash()).orElseThrow().state()).isEqualTo(unused());
        assertThat(reject(device, NOW)).containsExactly(attested.hash());
        assertThat(tickets.find(attested.hash()).orElseThrow().state())
                .isEqualTo(new TicketState.Ended(TicketState.End.REJECTED, NOW, Optional.empty()));
        assertThat(reject(device, NOW)).as("has ended").isEmpty();
        won(Proof.QUOTED, unused());
        assertThat(reject(device, NOW)).hasSize(1);
        assertThat(events("ticket.rejected")).hasSize(before + 2);
    }

    @Test
    void leavesWhatWasLeasedAndWhatWasWonOtherwise() {
        Ticket leased = won(Proof.ATTESTED, unused());
        lease(leased, "given out");
        assertThat(reject(device, NOW)).isEmpty();
        assertThat(text(tickets.leased(leased.hash()))).isEqualTo("given out");
        for (Proof proof : List.of(Proof.APPROVED, Proof.ONBOARDED)) {
            won(proof, unused());
            assertThat(reject(device, NOW)).isEmpty();
        }
        won(Proof.APPROVED, new TicketState.AwaitingApproval(NOW.plusSeconds(60)));
        assertThat(reject(device, NOW)).isEmpty();
    }

    /** It is what stands against another one for a quote. */
    @Test
    void keepsTheLastTicketOfADeviceThatWasRevoked() {
        Ticket ticket = minted(unused());
        tickets.revoke(device, event("ticket.revoked", NOW));
        Instant later = NOW.plus(Duration.ofDays(365));
        tickets.deleteExpired(later);
        assertThat(tickets.find(ticket.hash())).isPresent();
        tickets.mint(ticket(device, unused(), NOW.plusSeconds(1)), event("ticket.minted", NOW.plusSeconds(1)));
        tickets.deleteExpired(later);
        assertThat(tickets.find(ticket.hash())).isEmpty();
    }

    @Test
    void writesAnEventWithEveryChangeAndNoneWithoutOne() {
        Ticket ticket = ticket(device, new TicketState.AwaitingApproval(NOW.plusSeconds(60)), NOW);
        String unique = UUID.randomUUID().toString();
        tickets.mint(ticket, event("minted-" + unique, NOW));
        tickets.approve(ticket.hash(), unused(), event("approved-" + unique, NOW));
        tickets.approve(ticket.hash(), unused(), event("approved-" + unique, NOW));
        tickets.lease(ticket.hash(), leased(), List.of(), config("x"), event("leased-" + unique, NOW));
        tickets.lease(ticket.hash(), leased(), List.of(), config("x"), event("leased-" + unique, NOW));
        tickets.report(ticket.hash(), event("reported-" + unique, NOW));
        tickets.report(ticket.hash(), event("reported-" + unique, NOW));
        tickets.alarm(ticket.hash(), new Ticket.Alarm(NOW, "192.0.2.7"), event("alarm-" + unique, NOW));
        tickets.alarm(ticket.hash(), new Ticket.Alarm(NOW, "192.0.2.7"), event("alarm-" + unique, NOW));
        tickets.revoke(device, event("revoked-" + unique, NOW));
        for (String event : List.of("minted-", "approved-", "leased-", "reported-", "alarm-", "revoked-")) {
            assertThat(events(event + unique)).as(event).hasSize(1);
        }
    }

    /** The row is changed behind the back of what is in memory: it is not asked again. */
    @Test
    void asksTheDatabaseOnceForADeviceThatWaitsOrFetchesAgain() {
        Ticket ticket = minted(unused());
        lease(ticket, "x");
        tickets.find(ticket.hash());
        tickets.leased(ticket.hash());
        writes.run(session -> session.createMutationQuery("delete from LeaseEntity where hash = :hash")
                .setParameter("hash", ticket.hash().toArray())
                .executeUpdate());
        writes.run(session -> session.createMutationQuery("update TicketEntity set until = :now where hash = :hash")
                .setParameter("now", NOW.toEpochMilli())
                .setParameter("hash", ticket.hash().toArray())
                .executeUpdate());
        assertThat(text(tickets.leased(ticket.hash()))).isEqualTo("x");
        assertThat(tickets.find(ticket.hash()).orElseThrow().state()).isEqualTo(leased());
        tickets.deleteExpired(NOW.minus(Duration.ofDays(1)));
        assertThat(tickets.find(ticket.hash()).orElseThrow().state().at(NOW)).isInstanceOf(TicketState.Ended.class);
    }

    @Test
    void holdsNoTicketButItsHash() {
        Bytes hash = minted(unused()).hash();
        assertThat(read(TicketEntity.class, tickets.find(hash).orElseThrow()).hash).isEqualTo(hash.toArray());
    }
}

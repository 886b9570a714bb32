package dev.slipway.ignition.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.spec.IgnitionVersion;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.RenderedConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of tickets does. */
public abstract class TicketStoreContract {

    protected static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Guid GUID = new Guid(VoucherFixture.random(16));

    private static final List<ProfileRevision> REVISIONS = List.of(
            new ProfileRevision("base-1.0_x", VoucherFixture.random(32)), new ProfileRevision("kiosk", VoucherFixture.random(32)));

    protected TicketStore store;
    protected UUID device;

    protected abstract TicketStore store();

    /** One that there is. */
    protected abstract UUID newDevice();

    @BeforeEach
    void begin() {
        store = store();
        device = newDevice();
    }

    protected static AuditEvent event(String id, Instant at) {
        return AuditEvent.done(id, at, "test", GUID.toString(), Map.of());
    }

    protected Ticket ticket(UUID of, TicketState state, Instant mintedAt) {
        return new Ticket(
                VoucherFixture.random(32), of, GUID, Optional.of("SN \"1\""), List.of(),
                "https://slipway.example/ignition/v1/config", Proof.APPROVED, mintedAt, state, Optional.empty());
    }

    protected Ticket minted(TicketState state) {
        Ticket ticket = ticket(device, state, NOW);
        store.mint(ticket, event("ticket.minted", NOW));
        return ticket;
    }

    protected static TicketState.Unused unused() {
        return new TicketState.Unused(NOW.plus(HOUR));
    }

    protected static TicketState.Leased leased() {
        return new TicketState.Leased(NOW, NOW.plus(HOUR), "192.0.2.7");
    }

    protected static RenderedConfig config(String text) {
        return new RenderedConfig(SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8)), IgnitionVersion.V3_4_0);
    }

    protected static String text(RenderedConfig config) {
        return new String(config.octets().toArray(), StandardCharsets.UTF_8);
    }

    protected RenderedConfig lease(Ticket ticket, String config) {
        return store.lease(ticket.hash(), leased(), REVISIONS, config(config), event("lease.started", NOW));
    }

    private TicketState state(Ticket ticket) {
        return store.find(ticket.hash()).orElseThrow().state();
    }

    @Test
    void findsATicketAsItWasMinted() {
        Ticket unused = minted(unused());
        assertThat(store.find(unused.hash())).contains(unused);
        Ticket waiting = minted(new TicketState.AwaitingApproval(NOW.plus(HOUR)));
        assertThat(store.find(waiting.hash())).contains(waiting);
        assertThat(store.find(VoucherFixture.random(32))).isEmpty();
    }

    @Test
    void endsAllOtherTicketsOfADeviceThatGetsOne() {
        Ticket stranger = ticket(newDevice(), unused(), NOW);
        store.mint(stranger, event("ticket.minted", NOW));
        Ticket waiting = minted(new TicketState.AwaitingApproval(NOW.plus(HOUR)));
        Ticket fetched = minted(unused());
        lease(fetched, "first");
        Ticket last = minted(unused());
        assertThat(state(waiting)).isEqualTo(new TicketState.Ended(TicketState.End.SUPERSEDED, NOW, Optional.empty()));
        assertThat(state(fetched)).isEqualTo(new TicketState.Ended(TicketState.End.SUPERSEDED, NOW, Optional.of(NOW)));
        assertThatThrownBy(() -> store.leased(fetched.hash())).isInstanceOf(Failure.Forbidden.class);
        assertThat(state(last)).isEqualTo(unused());
        assertThat(state(stranger)).isEqualTo(unused());
    }

    @Test
    void leavesATicketThatHasExpiredAsItIs() {
        Ticket expired = minted(new TicketState.Unused(NOW));
        minted(unused());
        assertThat(state(expired)).isEqualTo(new TicketState.Unused(NOW));
        assertThat(state(expired).at(NOW)).isEqualTo(new TicketState.Ended(TicketState.End.EXPIRED, NOW, Optional.empty()));
    }

    @Test
    void listsTheTicketsOfADeviceNewestFirst() {
        List<Ticket> minted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Ticket ticket = ticket(device, new TicketState.Unused(NOW.plus(HOUR)), NOW.plusSeconds(i));
            store.mint(ticket, event("ticket.minted", NOW.plusSeconds(i)));
            minted.add(0, ticket);
        }
        assertThat(store.of(device)).extracting(Ticket::hash).isEqualTo(minted.stream().map(Ticket::hash).toList());
        assertThat(store.of(newDevice())).isEmpty();
    }

    @Test
    void approvesWhatWaitsForItAndNothingElse() {
        TicketState.Unused good = new TicketState.Unused(NOW.plus(HOUR.multipliedBy(2)));
        Ticket waiting = minted(new TicketState.AwaitingApproval(NOW.plus(HOUR)));
        assertThat(store.approve(waiting.hash(), good, event("ticket.approved", NOW))).isTrue();
        assertThat(state(waiting)).isEqualTo(good);
        assertThat(store.approve(waiting.hash(), good, event("ticket.approved", NOW))).isFalse();
        Ticket late = minted(new TicketState.AwaitingApproval(NOW.plus(HOUR)));
        assertThat(store.approve(late.hash(), good, event("ticket.approved", NOW.plus(HOUR)))).isFalse();
        assertThat(state(late)).isEqualTo(new TicketState.AwaitingApproval(NOW.plus(HOUR)));
    }

    @Test
    void extendsWhatIsNotFetchedAndNeverShortensIt() {
        Ticket waiting = minted(new TicketState.AwaitingApproval(NOW.plus(HOUR)));
        store.extend(waiting.hash(), NOW.plus(HOUR.multipliedBy(3)));
        store.extend(waiting.hash(), NOW.plus(HOUR.multipliedBy(2)));
        assertThat(state(waiting)).isEqualTo(new TicketState.AwaitingApproval(NOW.plus(HOUR.multipliedBy(3))));
        Ticket fetched = minted(unused());
        lease(fetched, "x");
        store.extend(fetched.hash(), NOW.plus(HOUR.multipliedBy(3)));
        assertThat(state(fetched)).isEqualTo(leased());
    }

    @Test
    void keepsTheConfigOfTheFirstLease() {
        Ticket ticket = minted(unused());
        assertThat(text(lease(ticket, "first"))).isEqualTo("first");
        assertThat(text(lease(ticket, "second"))).isEqualTo("first");
        assertThat(text(store.leased(ticket.hash()))).isEqualTo("first");
        assertThat(ticket.revisions()).isEmpty();
        assertThat(store.find(ticket.hash()).orElseThrow().revisions()).isEqualTo(REVISIONS);
        assertThat(store.leased(ticket.hash()).version()).isEqualTo(IgnitionVersion.V3_4_0);
        assertThat(state(ticket)).isEqualTo(leased());
    }

    @Test
    void leasesNothingOnATicketThatIsNotGoodForIt() {
        Ticket waiting = minted(new TicketState.AwaitingApproval(NOW.plus(HOUR)));
        assertThatThrownBy(() -> lease(waiting, "x")).isInstanceOf(Failure.Forbidden.class);
        Ticket expired = minted(new TicketState.Unused(NOW));
        assertThatThrownBy(() -> lease(expired, "x")).isInstanceOf(Failure.Forbidden.class);
        Ticket revoked = minted(unused());
        store.revoke(device, event("ticket.revoked", NOW));
        assertThatThrownBy(() -> lease(revoked, "x")).isInstanceOf(Failure.Forbidden.class);
        assertThatThrownBy(() -> store.leased(revoked.hash())).isInstanceOf(Failure.Forbidden.class);
    }

    /** Sixteen at once, each with a config of its own: all get the same. */
    @Test
    void givesOneConfigToAllWhoFetchFirst() throws Exception {
        Ticket ticket = minted(unused());
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> fetches = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String own = "config " + i;
                fetches.add(() -> {
                    start.await();
                    return text(lease(ticket, own));
                });
            }
            var results = fetches.stream().map(threads::submit).toList();
            start.countDown();
            String first = results.get(0).get();
            for (var result : results) {
                assertThat(result.get()).isEqualTo(first);
            }
            assertThat(text(store.leased(ticket.hash()))).isEqualTo(first);
        }
    }

    @Test
    void endsALeaseByAReportOnce() {
        Ticket ticket = minted(unused());
        assertThat(store.report(ticket.hash(), event("lease.reported", NOW))).isFalse();
        lease(ticket, "x");
        assertThat(store.report(ticket.hash(), event("lease.reported", NOW.plusSeconds(9)))).isTrue();
        assertThat(store.report(ticket.hash(), event("lease.reported", NOW.plusSeconds(9)))).isFalse();
        assertThat(state(ticket)).isEqualTo(new TicketState.Ended(TicketState.End.REPORTED, NOW.plusSeconds(9), Optional.of(NOW)));
        assertThatThrownBy(() -> store.leased(ticket.hash())).isInstanceOf(Failure.Forbidden.class);
    }

    @Test
    void takesNoReportOnALeaseThatHasExpired() {
        Ticket ticket = minted(unused());
        lease(ticket, "x");
        assertThat(store.report(ticket.hash(), event("lease.reported", NOW.plus(HOUR)))).isFalse();
    }

    @Test
    void revokesWhatIsAlive() {
        Ticket ticket = minted(unused());
        lease(ticket, "x");
        assertThat(store.revoke(newDevice(), event("ticket.revoked", NOW))).isZero();
        assertThat(store.revoke(device, event("ticket.revoked", NOW))).isEqualTo(1);
        assertThat(store.revoke(device, event("ticket.revoked", NOW))).isZero();
        assertThat(state(ticket)).isEqualTo(new TicketState.Ended(TicketState.End.REVOKED, NOW, Optional.of(NOW)));
        assertThatThrownBy(() -> store.leased(ticket.hash())).isInstanceOf(Failure.Forbidden.class);
    }

    @Test
    void keepsTheFirstAlarm() {
        Ticket ticket = minted(unused());
        Ticket.Alarm first = new Ticket.Alarm(NOW.plusSeconds(1), "192.0.2.8");
        store.alarm(ticket.hash(), first, event("ticket.second-consumer", NOW.plusSeconds(1)));
        store.alarm(ticket.hash(), new Ticket.Alarm(NOW.plusSeconds(2), "192.0.2.9"), event("ticket.second-consumer", NOW.plusSeconds(2)));
        assertThat(store.find(ticket.hash()).orElseThrow().alarm()).contains(first);
        assertThat(store.of(device).get(0).alarm()).contains(first);
    }
}

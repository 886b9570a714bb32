package dev.slipway.transport.rendezvous;

import dev.slipway.audit.AuditEvent;
import dev.slipway.client.PeerError;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.owner.Registration;
import dev.slipway.fdo.owner.RegistrationStore;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.owner.VoucherStore;
import dev.slipway.fdo.rendezvous.RendezvousServer;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does the registrations whose time has come: new ones at once, failed ones again with growing pauses, good ones at half of the time they
 * were granted. A server that does not answer is left alone for a while, so that it does not keep others waiting.
 */
@Singleton
public final class Registrar {

    private static final Logger LOG = Logger.getLogger(Registrar.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final int MOST_READ = 256;
    private static final int SERVERS_AT_FULL_SPEED = 4;

    private final RegistrationStore registrations;
    private final VoucherStore vouchers;
    private final OwnerKeys ownerKeys;
    private final RendezvousClient client;
    private final RegistrarPolicy policy;
    private final Schedule schedule;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("registrar").factory());
    private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();
    private final Turns turns;

    Registrar(
            RegistrationStore registrations,
            VoucherStore vouchers,
            OwnerKeys ownerKeys,
            RendezvousClient client,
            RegistrarPolicy policy,
            RandomSource random,
            Clock clock) {
        this.registrations = registrations;
        this.vouchers = vouchers;
        this.ownerKeys = ownerKeys;
        this.client = client;
        this.policy = policy;
        this.schedule = new Schedule(random);
        this.clock = clock;
        this.turns = new Turns(policy.atOnce(), SERVERS_AT_FULL_SPEED * policy.atOnce());
    }

    void start(@Observes StartupEvent event) {
        if (policy.active()) {
            timer.execute(this::renewWhatNamesOtherAddresses);
            timer.scheduleWithFixedDelay(this::run, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void renewWhatNamesOtherAddresses() {
        try {
            int stale = registrations.makeDueUnlessTold(policy.addresses().encode(), clock.instant());
            if (stale > 0) {
                LOG.infof("%d registrations name other addresses than ours of today; they are renewed", stale);
            }
        } catch (RuntimeException e) {
            LOG.error("registrations could not be compared with our addresses", e);
        }
    }

    private void run() {
        try {
            Instant now = clock.instant();
            Turns.Taken before = turns.taken();
            turns.add(registrations.due(now, MOST_READ + before.keys().size(), turns.supplied(now)), before);
            startAll();
        } catch (RuntimeException e) {
            LOG.error("registrations could not be done", e);
        }
    }

    private void startAll() {
        for (Optional<Registration> next = turns.next(clock.instant()); next.isPresent(); next = turns.next(clock.instant())) {
            Registration due = next.get();
            attempts.execute(() -> attempt(due));
        }
    }

    private void attempt(Registration due) {
        try {
            Optional<StoredVoucher> voucher = vouchers.find(due.guid()).filter(stored -> stored.state() == VoucherState.ACTIVE);
            if (voucher.isPresent()) {
                register(due, voucher.get().voucher());
            }
        } catch (PeerError e) {
            if (e.status() == 0) {
                turns.unreachable(due.server(), clock.instant().plus(QUIET));
            } else {
                turns.answered(due.server());
            }
            fail(due, e.getMessage());
        } catch (Failure e) {
            fail(due, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "registration of %s at %s failed", due.guid(), due.server());
            fail(due, "an error here; see the log");
        } finally {
            turns.done(due);
        }
        if (!attempts.isShutdown()) {
            startAll();
        }
    }

    private void register(Registration due, VerifiedVoucher voucher) {
        RendezvousServer server = RendezvousServer.of(voucher.voucher().header().value().rvInfo()).stream()
                .filter(candidate -> candidate.name().equals(due.server()))
                .findFirst()
                .orElseThrow(() -> new Failure.Conflict("the voucher does not name this server"));
        SigningKey owner = ownerKeys.find(voucher.ownerKey()).orElseThrow(() -> new Failure.Conflict("the owner key of this voucher is not here"));
        Duration granted = Duration.ofSeconds(client.register(server, voucher, owner));
        turns.answered(due.server());
        Instant now = clock.instant();
        // A server that says "for ever" is believed no longer than we asked.
        Duration kept = granted.compareTo(policy.time()) > 0 ? policy.time() : granted;
        registrations.accepted(
                due,
                now,
                kept.isZero() ? Optional.empty() : Optional.of(now.plus(kept)),
                now.plus(schedule.renewal(kept)),
                policy.addresses().encode(),
                AuditEvent.done(
                        "to0.accepted",
                        now,
                        "system",
                        due.guid().toString(),
                        Map.of("server", due.server().toString(), "seconds", Long.toString(kept.toSeconds()))));
        LOG.infof("registered %s at %s for %d s", due.guid(), due.server(), kept.toSeconds());
    }

    private void fail(Registration due, String cause) {
        String words = cause.replaceAll("\\p{Cc}", " ");
        Instant now = clock.instant();
        LOG.warnf("registration of %s at %s failed %d times: %s", due.guid(), due.server(), due.failures() + 1, words);
        try {
            registrations.failed(due, now, words, now.plus(schedule.retry(due.failures() + 1)));
        } catch (Failure e) {
            LOG.error("a failed registration could not be noted; it is tried again at once", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
        attempts.shutdownNow();
    }
}

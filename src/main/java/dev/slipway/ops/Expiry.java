package dev.slipway.ops;

import dev.slipway.persistence.CachedTickets;
import dev.slipway.persistence.RendezvousRows;
import dev.slipway.persistence.RevisionRows;
import dev.slipway.persistence.VoucherStoreRows;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/** Deletes what has expired, now and then. */
@Singleton
final class Expiry {

    private static final Logger LOG = Logger.getLogger(Expiry.class);
    private static final int FIRST_SECONDS = 10;
    private static final int PERIOD_SECONDS = 600;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("expiry").factory());
    private final RendezvousRows rendezvous;
    private final VoucherStoreRows vouchers;
    private final CachedTickets tickets;
    private final RevisionRows revisions;
    private final SlipwayConfig config;
    private final Clock clock;

    Expiry(RendezvousRows rendezvous, VoucherStoreRows vouchers, CachedTickets tickets, RevisionRows revisions, SlipwayConfig config, Clock clock) {
        this.rendezvous = rendezvous;
        this.vouchers = vouchers;
        this.tickets = tickets;
        this.revisions = revisions;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(this::run, FIRST_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void run() {
        run("expired registrations", () -> rendezvous.deleteExpired(clock.instant()));
        run("old tickets", () -> tickets.deleteExpired(clock.instant()));
        run("files of no profile", () -> revisions.deleteOrphans(clock.instant()));
        run("vouchers retired long ago", () -> vouchers.deleteRetired(clock.instant().minus(config.retention().retiredVouchers())));
    }

    private static void run(String what, IntSupplier deletion) {
        try {
            int deleted = deletion.getAsInt();
            if (deleted > 0) {
                LOG.infof("%d %s deleted", deleted, what);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s could not be deleted", what);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }
}

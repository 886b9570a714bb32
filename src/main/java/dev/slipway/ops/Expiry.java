package dev.slipway.ops;

import dev.slipway.persistence.CachedTickets;
import dev.slipway.persistence.RendezvousRows;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Deletes what has expired, now and then. */
@Singleton
final class Expiry {

    private static final Logger LOG = Logger.getLogger(Expiry.class);
    private static final int PERIOD_MINUTES = 10;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("expiry").factory());
    private final RendezvousRows rendezvous;
    private final CachedTickets tickets;
    private final Clock clock;

    Expiry(RendezvousRows rendezvous, CachedTickets tickets, Clock clock) {
        this.rendezvous = rendezvous;
        this.tickets = tickets;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(this::run, 1, PERIOD_MINUTES, TimeUnit.MINUTES);
    }

    private void run() {
        try {
            int deleted = rendezvous.deleteExpired(clock.instant());
            int forgotten = tickets.deleteExpired(clock.instant());
            if (deleted + forgotten > 0) {
                LOG.infof("%d expired registrations and %d old tickets deleted", deleted, forgotten);
            }
        } catch (RuntimeException e) {
            LOG.error("what has expired could not be deleted", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }
}

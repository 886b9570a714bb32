package dev.slipway.ops;

import dev.slipway.fdo.owner.Reannouncer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Has our own rendezvous service tell devices where their owner is today, with each start and beside everything else: there may be many. */
@Singleton
final class Reannouncement {

    private static final Logger LOG = Logger.getLogger(Reannouncement.class);

    private final Reannouncer reannouncer;

    Reannouncement(Reannouncer reannouncer) {
        this.reannouncer = reannouncer;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("reannouncement").start(this::run);
    }

    private void run() {
        try {
            int renewed = reannouncer.renew();
            if (renewed > 0) {
                LOG.infof("%d registrations at our own rendezvous service named other addresses than ours of today; they are renewed", renewed);
            }
        } catch (RuntimeException e) {
            LOG.error("registrations at our own rendezvous service could not be renewed; the next start tries again", e);
        }
    }
}

package dev.slipway.ignition.ticket;

import dev.slipway.ignition.RenderedConfig;
import java.util.Optional;

/** Which version of the Ignition specification a client gets. */
@FunctionalInterface
public interface Negotiation {

    /**
     * The config in a version that the client takes; itself where it takes that.
     *
     * @param accept an Accept header
     * @throws dev.slipway.failure.Failure.NotAcceptable if there is none
     */
    RenderedConfig forClient(RenderedConfig config, Optional<String> accept);
}

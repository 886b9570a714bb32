package dev.slipway.ignition.ticket;

import java.util.Optional;

/**
 * Somebody asks for a config.
 *
 * @param ticket absent where there was none, or what was shown is none
 * @param accept which versions of the specification it takes, as an Accept header
 * @param lookOnly it wants to know what it would get: no lease is started
 */
public record ConfigRequest(Optional<TicketToken> ticket, Optional<String> accept, boolean lookOnly, Consumer consumer) {

    /**
     * Who asks, for the log.
     *
     * @param address in figures
     * @param userAgent as it calls itself; untrusted
     */
    public record Consumer(String address, String userAgent) {}
}

package dev.slipway.ignition.ticket;

import java.net.URI;
import java.time.Duration;

/**
 * @param configUrl where devices fetch their configs
 * @param lease how long the same config is given out again
 * @param requestsPerMinute of one device
 */
public record TicketPolicy(URI configUrl, Duration lease, int requestsPerMinute) {

    /** Whom tickets are good for. */
    public String audience() {
        return configUrl.toString();
    }
}

package dev.slipway.ignition.ticket;

import java.net.URI;
import java.time.Duration;

/**
 * @param configUrl where devices fetch their configs
 * @param certificates that the server's is one of, or certified by, as PEM
 * @param lease how long the same config is given out again
 * @param requestsPerMinute of one device
 */
public record TicketPolicy(URI configUrl, String certificates, Duration lease, int requestsPerMinute) {

    /** Where a machine reports that it is done. */
    public URI doneUrl() {
        return configUrl.resolve("done");
    }

    /** Whom tickets are good for. */
    public String audience() {
        return configUrl.toString();
    }
}

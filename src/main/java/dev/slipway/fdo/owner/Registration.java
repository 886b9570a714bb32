package dev.slipway.fdo.owner;

import dev.slipway.fdo.type.Guid;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What we have to do, and did, at one rendezvous server for one device.
 *
 * @param nextAttempt when it is tried again, or renewed
 * @param grantedUntil how long the server said it keeps it; empty before it accepted, and where it did not say
 * @param failures attempts that failed since the last that did not
 * @param lastError in words, of the last attempt; empty where it went well
 * @param lastAttempt empty before the first
 */
public record Registration(
        Guid guid,
        URI server,
        Instant nextAttempt,
        boolean accepted,
        Optional<Instant> grantedUntil,
        int failures,
        Optional<String> lastError,
        Optional<Instant> lastAttempt) {}

package dev.slipway.fdo.rendezvous;

import java.time.Duration;

/** @param maxWait how long a registration is kept at most, whatever its owner asks for */
public record RegistrationPolicy(Duration maxWait) {

    /** What is granted; an owner that asks for 0 has no opinion. */
    Duration grant(long waitSeconds) {
        return waitSeconds == 0 || waitSeconds > maxWait.toSeconds() ? maxWait : Duration.ofSeconds(waitSeconds);
    }
}

package dev.slipway.fdo.rendezvous;

import dev.slipway.fdo.voucher.TrustPolicy;
import java.time.Duration;

/**
 * @param accept whose registrations are taken
 * @param deviceCa what becomes of devices whose key no listed authority certified
 * @param maxWait how long a registration is kept at most, whatever its owner asks for
 */
public record RegistrationPolicy(Accept accept, TrustPolicy.Mode deviceCa, Duration maxWait) {

    /** Whose registrations are taken. Our own always are. */
    public enum Accept {
        /** Whoever owns a voucher that verifies. */
        ANY,
        /** Owners of devices whose manufacturer is listed. */
        MANUFACTURERS,
        /** Owners who are listed themselves. */
        OWNERS
    }

    /** What is granted; an owner that asks for 0 has no opinion. */
    Duration grant(long waitSeconds) {
        return waitSeconds == 0 || waitSeconds > maxWait.toSeconds() ? maxWait : Duration.ofSeconds(waitSeconds);
    }
}

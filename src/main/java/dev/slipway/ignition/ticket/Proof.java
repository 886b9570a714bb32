package dev.slipway.ignition.ticket;

import dev.slipway.device.ProofLevel;
import java.time.Duration;

/**
 * How a ticket was won.
 *
 * @param level what that proves
 */
public record Proof(ProofLevel level, Means means) {

    /** An operator let the device have its config. */
    public static final Proof APPROVED = new Proof(ProofLevel.NONE, Means.APPROVAL);

    /** The device did TO2, under a voucher of ours. */
    public static final Proof ONBOARDED = new Proof(ProofLevel.OWNERSHIP, Means.TO2);

    /** The device's TPM quoted a state that is accepted. */
    public static final Proof ATTESTED = new Proof(ProofLevel.ATTESTED, Means.ATTESTATION);

    /** The TPM that is bound to the device's key quoted, and nobody has said yet what it should: it is that device, in whatever state. */
    public static final Proof QUOTED = new Proof(ProofLevel.OWNERSHIP, Means.ATTESTATION);

    /** The event that minted it. */
    public enum Means {
        APPROVAL(Duration.ofHours(24)),
        TO2(Duration.ofHours(24)),
        /** Devices that attest themselves fetch at once, and may attest again at any time. */
        ATTESTATION(Duration.ofMinutes(10));

        private final Duration lifetime;

        Means(Duration lifetime) {
            this.lifetime = lifetime;
        }

        /** How long a ticket waits to be used; from its last poll, where the device had to wait. */
        public Duration lifetime() {
            return lifetime;
        }
    }
}

package dev.slipway.attestation;

/**
 * What becomes of EK certificates that the profile leaves to the verifier.
 *
 * @param expired a TPM cannot renew its certificate, so an expired one may still be believed
 * @param withoutUsage one that does not say that it is for an EK
 */
public record EkPolicy(Mode expired, Mode withoutUsage, EkDenyList denied) {

    public enum Mode {
        REFUSE,
        /** Taken, with a warning. */
        NOTE
    }
}

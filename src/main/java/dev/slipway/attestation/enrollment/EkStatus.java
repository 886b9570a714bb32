package dev.slipway.attestation.enrollment;

/** Why an EK is believed to be a TPM's. */
public enum EkStatus {
    /** A vendor says so. */
    EK_CERTIFIED,
    /** An operator says so, of a TPM that has no certificate. */
    EK_PINNED
}

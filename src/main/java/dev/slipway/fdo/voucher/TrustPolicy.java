package dev.slipway.fdo.voucher;

/**
 * What becomes of vouchers from one kind of source, by whom they name.
 *
 * @param deviceCa when no listed authority certified the device's key
 * @param manufacturer when the manufacturer's key is not listed
 * @param tpm when nobody who is believed has seen the device's key in a TPM; that makes no voucher untrusted
 */
public record TrustPolicy(Mode deviceCa, Mode manufacturer, Mode tpm) {

    public enum Mode {
        /** Whoever is not listed is refused. */
        STRICT,
        /** Whoever is not listed is taken, and shown as untrusted. */
        RECORD
    }
}

package dev.slipway.fdo.voucher;

/**
 * What becomes of vouchers from one kind of source, by whom they name.
 *
 * @param deviceCa when no listed authority certified the device's key
 * @param manufacturer when the manufacturer's key is not listed
 */
public record TrustPolicy(Mode deviceCa, Mode manufacturer) {

    public enum Mode {
        /** Whoever is not listed is refused. */
        STRICT,
        /** Whoever is not listed is taken, and shown as untrusted. */
        RECORD
    }
}

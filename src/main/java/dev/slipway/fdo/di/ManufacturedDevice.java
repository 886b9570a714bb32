package dev.slipway.fdo.di;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;

/**
 * The result of a device initialisation, stored as one.
 *
 * @param serial as the device stated it; may be empty, and is not unique
 * @param deviceKey SubjectPublicKeyInfo of the device's attestation key: the identity that stays when GUIDs change
 * @param voucher extended to its first owner
 * @param announcement where we make ourselves known as the owner; nowhere if we are not
 */
public record ManufacturedDevice(
        String serial, Bytes deviceKey, VerifiedVoucher voucher, VoucherState state, Announcement announcement, AuditEvent event) {

    /** Where initialised devices are kept. */
    public interface Repository {

        /**
         * Stores device, voucher, registration and event in one transaction, durable when this returns. A device key that is known already
         * gets one more voucher: its 13 was lost and it initialised again.
         */
        void store(ManufacturedDevice device);
    }
}

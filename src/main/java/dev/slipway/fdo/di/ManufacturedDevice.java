package dev.slipway.fdo.di;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.voucher.VerifiedVoucher;

/**
 * The result of a device initialisation, stored as one.
 *
 * @param serial as the device stated it; may be empty, and is not unique
 * @param deviceKey SubjectPublicKeyInfo of the device's attestation key: the identity that stays when GUIDs change
 * @param voucher extended to our owner key
 * @param blob its registration at our own rendezvous service
 */
public record ManufacturedDevice(String serial, Bytes deviceKey, VerifiedVoucher voucher, RendezvousBlob blob, AuditEvent event) {

    /** Where initialised devices are kept. */
    public interface Repository {

        /**
         * Stores device, voucher, registration and event in one transaction, durable when this returns. A device key that is known already
         * gets one more voucher: its 13 was lost and it initialised again.
         */
        void store(ManufacturedDevice device);
    }
}

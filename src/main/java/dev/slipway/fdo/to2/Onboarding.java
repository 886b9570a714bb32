package dev.slipway.fdo.to2;

import dev.slipway.audit.AuditEvent;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import java.time.Instant;
import java.util.Optional;

/**
 * A completed TO2, stored as one.
 *
 * @param guid the GUID it was done under; stays answerable until the device is seen under the new one
 * @param replacement absent for a device that replaced nothing: it keeps its credential, and cannot be transferred
 */
public record Onboarding(Guid guid, Optional<Replacement> replacement, Instant at, AuditEvent event) {

    /**
     * @param voucher the replacement voucher, extended to ourselves
     * @param announcement where we make ourselves known as its owner
     */
    public record Replacement(VerifiedVoucher voucher, Announcement announcement) {}

    /** Where owned vouchers and their onboardings are kept. */
    public interface Repository {

        /** The voucher under which a device may onboard. */
        Optional<OwnedVoucher> find(Guid guid);

        /**
         * Stores onboarding, replacement voucher, registration and event in one transaction, durable when this returns. Vouchers that
         * earlier repetitions under the same GUID left behind unseen are retired with it.
         */
        void complete(Onboarding onboarding);

        /** The device was seen under its new GUID: the old one, its voucher and its registration are retired. Durable when this returns. */
        void retirePredecessor(Guid current, AuditEvent event);
    }
}

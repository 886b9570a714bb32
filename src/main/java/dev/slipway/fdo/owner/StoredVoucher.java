package dev.slipway.fdo.owner;

import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import java.time.Instant;

/**
 * A voucher as it lies in storage.
 *
 * @param trusted whether device CA and manufacturer were listed when it was taken in
 * @param since when it was
 * @param serial what the device said in its initialisation; empty where that was elsewhere
 */
public record StoredVoucher(VerifiedVoucher voucher, VoucherState state, Source source, boolean trusted, Instant since, String serial) {

    /** Where a voucher came from. */
    public enum Source {
        /** A device initialisation here. */
        MANUFACTURED,
        /** An admin's upload. */
        IMPORTED,
        /** An onboarding: it replaced another one. */
        REPLACEMENT
    }

    public Guid guid() {
        return voucher.guid();
    }
}

package dev.slipway.fdo.owner;

import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VoucherReport;
import java.util.Optional;

/**
 * What became of one voucher of an upload, and why.
 *
 * @param voucher absent where it is not well formed
 * @param known the other voucher that is stored under its GUID
 */
public record ImportReport(Outcome outcome, Optional<OwnershipVoucher> voucher, VoucherReport report, Optional<StoredVoucher> known) {

    public enum Outcome {
        /** It is on disk. */
        IMPORTED,
        /** The very same one was there. */
        UNCHANGED,
        /** Nothing was stored but an audit event. */
        REFUSED
    }
}

package dev.slipway.fdo.to2;

import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import java.util.Optional;

/**
 * A voucher that can be onboarded: ours, and not retired.
 *
 * @param predecessor the GUID that the device had before, while that one is still answerable
 */
public record OwnedVoucher(VerifiedVoucher voucher, Optional<Guid> predecessor) {

    /** Of the voucher. */
    int octets() {
        return voucher.voucher().encoded().length();
    }
}

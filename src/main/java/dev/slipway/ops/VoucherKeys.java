package dev.slipway.ops;

import dev.slipway.device.Device;
import dev.slipway.device.DeviceKeys;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VoucherCheck;
import dev.slipway.fdo.voucher.VoucherTrust;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says of a device's key what its vouchers say, which are all about the same key.
 *
 * <p>A TO2 replaces the voucher by one with the same device certificates, but without the entries and so without evidence in the first of
 * them. That of the replaced one counts while its octets are kept, as {@code slipway.retention.retired-vouchers} says. That a key was enrolled
 * here does not end.
 */
final class VoucherKeys implements DeviceKeys {

    private final Function<Guid, Optional<StoredVoucher>> vouchers;
    private final VoucherTrust trust;

    /** @param vouchers finds one; throws {@link Conflict} where its octets are kept no longer */
    VoucherKeys(Function<Guid, Optional<StoredVoucher>> vouchers, VoucherTrust trust) {
        this.vouchers = vouchers;
        this.trust = trust;
    }

    /** The newest voucher that convinces; if none does, what the oldest that is kept says: others are replacements of ours. */
    @Override
    public Residency of(Device device) {
        Residency known = new Residency(false, "no voucher of the device is kept here");
        for (Guid guid : device.guids().reversed()) {
            Optional<VoucherCheck> check = kept(guid).map(stored -> trust.tpm(stored.voucher().voucher()));
            known = check.map(made -> new Residency(made.result() == VoucherCheck.Result.PASSED, made.found())).orElse(known);
            if (known.inTpm()) {
                return known;
            }
        }
        return known;
    }

    private Optional<StoredVoucher> kept(Guid guid) {
        try {
            return vouchers.apply(guid);
        } catch (Conflict retiredLongAgo) {
            return Optional.empty();
        }
    }
}

package dev.slipway.fdo.owner;

import dev.slipway.fdo.owner.StoredVoucher.Source;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VoucherState;
import java.time.Instant;

/**
 * What a list says of a voucher, and can say without reading it.
 *
 * @param deviceInfo of its device
 * @param serial of its device; empty where it was never heard
 */
public record ListedVoucher(Guid guid, VoucherState state, Source source, boolean trusted, Instant since, String serial, String deviceInfo) {}

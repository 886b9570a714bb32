package dev.slipway.fdo.voucher;

/** What a stored voucher is good for. */
public enum VoucherState {
    /** It ends with one of our owner keys: the device may onboard under it. */
    ACTIVE,
    /** Made here, and nobody's yet: it has no entry. */
    HELD,
    /** It ends with somebody else's key. */
    RELEASED,
    /** The device has another one now; kept for the record. */
    RETIRED
}

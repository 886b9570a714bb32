package dev.slipway.device;

/**
 * Where a device is in its life. Any may follow any: a device that was sold is taken in again, is initialised again, or comes back with its
 * older credential because it never got the one that was sold.
 */
public enum DeviceState {
    /** It has a voucher. */
    VOUCHERED,
    /** It has a voucher that is ours and registered at the rendezvous service here. */
    ANNOUNCED,
    /** A TO2 has completed. It may onboard again at any time. */
    ONBOARDED,
    /** Its voucher is somebody else's. */
    RELEASED
}

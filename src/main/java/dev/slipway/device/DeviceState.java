package dev.slipway.device;

import java.util.EnumSet;
import java.util.Set;

/** Where a device is in its life. {@link #next()} is the whole table of transitions. */
public enum DeviceState {
    /** It has a voucher. */
    VOUCHERED,
    /** It has a voucher that is ours and registered at the rendezvous service here. */
    ANNOUNCED,
    /** A TO2 has completed. It may onboard again at any time. */
    ONBOARDED,
    /** Its voucher is somebody else's. */
    RELEASED;

    public Set<DeviceState> next() {
        return switch (this) {
            case VOUCHERED, ANNOUNCED, ONBOARDED -> EnumSet.allOf(DeviceState.class);
            // It may be taken in again, be initialised again, or come back with the older credential: it never got the one that was sold.
            case RELEASED -> EnumSet.allOf(DeviceState.class);
        };
    }
}

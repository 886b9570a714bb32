package dev.slipway.device;

import java.util.EnumSet;
import java.util.Set;

/** Where a device is in its life. {@link #next()} is the whole table of transitions. */
public enum DeviceState {
    /** It has a voucher that is ours and registered at the rendezvous service. */
    ANNOUNCED,
    /** A TO2 has completed. It may onboard again at any time. */
    ONBOARDED;

    public Set<DeviceState> next() {
        return switch (this) {
            case ANNOUNCED -> EnumSet.of(ANNOUNCED, ONBOARDED);
            case ONBOARDED -> EnumSet.of(ANNOUNCED, ONBOARDED);
        };
    }
}

package dev.slipway.ignition;

import dev.slipway.device.Device;

/** What each device is to get. */
@FunctionalInterface
public interface DeviceConfigs {

    /**
     * As it is now; whoever asks again may be told something else.
     *
     * @throws dev.slipway.failure.Failure.NotYet if nobody has decided what it gets
     */
    DeviceConfig of(Device device);

    /** Whether there may be devices about which nobody has decided. */
    default boolean mayLeaveUnassigned() {
        return false;
    }
}

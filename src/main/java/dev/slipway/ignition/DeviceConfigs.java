package dev.slipway.ignition;

import dev.slipway.device.Device;

/** What each device is to get. */
@FunctionalInterface
public interface DeviceConfigs {

    /** As it is now; whoever asks again may be told something else. */
    DeviceConfig of(Device device);
}

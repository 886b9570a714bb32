package dev.slipway.ignition;

import dev.slipway.device.DeviceRepository;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.fdo.to2.Admission;
import dev.slipway.fdo.type.Guid;

/** Lets a device onboard when somebody has decided what it gets. Where all devices get something, nobody is asked. */
public final class AssignedFirst implements Admission {

    private final DeviceConfigs configs;
    private final DeviceRepository devices;

    public AssignedFirst(DeviceConfigs configs, DeviceRepository devices) {
        this.configs = configs;
        this.devices = devices;
    }

    /** What is wrong with a config is said when it is to be given out. */
    @Override
    public void requireDecided(Guid guid) {
        if (configs.mayLeaveUnassigned()) {
            devices.find(guid).ifPresent(device -> {
                try {
                    configs.of(device);
                } catch (NotYet waiting) {
                    throw new NotYet(guid + ": " + waiting.getMessage());
                } catch (ConfigInvalid undeliverable) {
                    // Decided, and found to be wrong when it is needed.
                }
            });
        }
    }
}

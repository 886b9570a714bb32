package dev.slipway.ops;

import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.firstboot.BootPolicies;
import dev.slipway.device.Device;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.policy.CurrentPolicies;
import jakarta.inject.Singleton;
import java.util.List;

/** The policies that the profiles of a device name. A device that nobody gave a profile is held to none. */
@Singleton
final class ProfilePolicies implements BootPolicies {

    private final EnrolledDeviceTickets devices;
    private final DeviceConfigs configs;
    private final CurrentPolicies policies;

    ProfilePolicies(EnrolledDeviceTickets devices, DeviceConfigs configs, CurrentPolicies policies) {
        this.devices = devices;
        this.configs = configs;
        this.policies = policies;
    }

    @Override
    public List<InForce> of(Enrollment enrollment) {
        return devices.device(enrollment).map(this::of).orElse(List.of());
    }

    private List<InForce> of(Device device) {
        try {
            return configs.of(device).policies().stream().map(policies::named).toList();
        } catch (NotYet undecided) {
            return List.of();
        } catch (ConfigInvalid undeliverable) {
            return List.of(InForce.unusable(
                    "a profile", "what the device is given does not fit, so that its policy is not known; see ./slipway device why"));
        }
    }
}

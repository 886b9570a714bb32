package dev.slipway.ops;

import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.firstboot.BootDevices;
import dev.slipway.attestation.firstboot.InForce;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ticket.Proof;
import dev.slipway.ignition.ticket.TicketMint;
import dev.slipway.persistence.DeviceRows;
import dev.slipway.policy.CurrentPolicies;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Devices that have a voucher here, for the enrolled key: held to the policies that their profiles name, they get tickets for their configs. */
@Singleton
final class EnrolledDevices implements BootDevices {

    private final DeviceRows devices;
    private final DeviceConfigs configs;
    private final CurrentPolicies policies;
    private final TicketMint tickets;

    EnrolledDevices(DeviceRows devices, DeviceConfigs configs, CurrentPolicies policies, TicketMint tickets) {
        this.devices = devices;
        this.configs = configs;
        this.policies = policies;
        this.tickets = tickets;
    }

    @Override
    public Optional<BootDevice> find(Enrollment enrollment) {
        return devices.findByKey(Bytes.owning(enrollment.deviceKey().key().publicKey().getEncoded())).map(Found::new);
    }

    private final class Found implements BootDevice {

        private final Device device;

        private Found(Device device) {
            this.device = device;
        }

        @Override
        public Guid guid() {
            return device.latestGuid();
        }

        /** A device that nobody gave a profile is held to no policy. */
        @Override
        public Given given() {
            try {
                DeviceConfig config = configs.of(device);
                return new AsGiven(tickets, device, Optional.of(config), config.policies().stream().map(policies::named).toList());
            } catch (NotYet undecided) {
                return new AsGiven(tickets, device, Optional.empty(), List.of());
            } catch (ConfigInvalid undeliverable) {
                InForce unknown = InForce.unusable(
                        "a profile", "what the device is given does not fit, so that its policy is not known; see ./slipway device why");
                return new AsGiven(tickets, device, Optional.empty(), List.of(unknown));
            }
        }
    }

    /** @param config empty where nobody has decided, or what was decided does not fit */
    private record AsGiven(TicketMint tickets, Device device, Optional<DeviceConfig> config, List<InForce> policies) implements Given {

        @Override
        public Minted mint(boolean appraised) {
            Proof proof = appraised ? Proof.ATTESTED : Proof.QUOTED;
            return new Minted(tickets.attested(device, config, proof), Proof.Means.ATTESTATION.lifetime());
        }
    }
}

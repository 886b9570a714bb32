package dev.slipway.ops;

import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.firstboot.BootTickets;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ticket.Proof;
import dev.slipway.ignition.ticket.TicketMint;
import dev.slipway.persistence.DeviceRows;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tickets for the configs of devices that attested themselves: of those that have a voucher here, for the enrolled key. */
@Singleton
final class EnrolledDeviceTickets implements BootTickets {

    private final DeviceRows devices;
    private final TicketMint mint;

    EnrolledDeviceTickets(DeviceRows devices, TicketMint mint) {
        this.devices = devices;
        this.mint = mint;
    }

    @Override
    public Optional<Guid> guid(Enrollment enrollment) {
        return device(enrollment).map(Device::latestGuid);
    }

    /** The one that a voucher is here for. */
    Optional<Device> device(Enrollment enrollment) {
        return devices.findByKey(Bytes.owning(enrollment.deviceKey().key().publicKey().getEncoded()));
    }

    @Override
    public Minted mint(Enrollment enrollment, boolean appraised) {
        Device device = device(enrollment)
                .orElseThrow(() -> new Forbidden("there is no voucher here for the enrolled device key " + enrollment.deviceKey().name()));
        return new Minted(mint.attested(device, appraised ? Proof.ATTESTED : Proof.QUOTED), Proof.Means.ATTESTATION.lifetime());
    }
}

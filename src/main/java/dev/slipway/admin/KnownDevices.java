package dev.slipway.admin;

import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.failure.Failure.NotFound;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Devices in paths: by a GUID that one has or once had, or by its id. */
@Singleton
final class KnownDevices {

    private final DeviceRepository devices;

    KnownDevices(DeviceRepository devices) {
        this.devices = devices;
    }

    /** @throws NotFound if there is none */
    Device get(String guidOrId) {
        return Guids.parse(guidOrId)
                .flatMap(devices::find)
                .or(() -> id(guidOrId).flatMap(devices::find))
                .orElseThrow(() -> new NotFound("there is no such device"));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package dev.slipway.device;

import dev.slipway.fdo.type.Guid;
import java.util.Optional;

/** Finds devices. */
public interface DeviceRepository {

    /** The device that has, or once had, this GUID. */
    Optional<Device> find(Guid guid);
}

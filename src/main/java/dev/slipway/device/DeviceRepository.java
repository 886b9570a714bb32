package dev.slipway.device;

import dev.slipway.fdo.type.Guid;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds devices. */
public interface DeviceRepository {

    /** The device that has, or once had, this GUID. */
    Optional<Device> find(Guid guid);

    /** The device with this id of ours. */
    Optional<Device> find(UUID id);

    /**
     * The next devices of the list, which is in the order of time, newest first.
     *
     * @param after the last device of the page before; empty for the beginning
     */
    List<Device> list(Optional<UUID> after, int limit);
}

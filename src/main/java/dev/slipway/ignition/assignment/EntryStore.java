package dev.slipway.ignition.assignment;

import dev.slipway.audit.AuditEvent;
import dev.slipway.device.Device;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Where is kept what single devices are given. What changes is on disk, with its event, when a method returns. */
public interface EntryStore {

    DeviceEntry of(Device device);

    /**
     * Stores a device's own, in place of what it had.
     *
     * @param expected the version that is to be replaced, 0 where there is to be none; empty for whatever there is
     * @return its new version
     * @throws dev.slipway.failure.Failure.Conflict if it is another one
     */
    long assign(UUID device, Own own, OptionalLong expected, AuditEvent event);

    /**
     * @return whether there was something
     * @throws dev.slipway.failure.Failure.Conflict if it is another version
     */
    boolean unassign(UUID device, OptionalLong expected, AuditEvent event);

    /**
     * Changes labels of a device.
     *
     * @param set the new value of each; empty to remove it
     * @return all that it has then
     * @throws dev.slipway.failure.Failure.Conflict if there are too many then
     */
    Map<String, String> label(UUID device, Map<String, Optional<String>> set, AuditEvent event);
}

package dev.slipway.ignition;

import dev.slipway.device.Device;
import dev.slipway.fdo.type.Guid;
import java.util.Map;
import java.util.Optional;

/**
 * What a template may say about the device, as {@code device.NAME}. All of it comes from outside and may hold any characters.
 *
 * @param guid the FDO GUID as text
 * @param labels given by the owner
 */
public record DeviceFacts(String guid, String serial, String model, String manufacturer, Map<String, String> labels) {

    public DeviceFacts {
        labels = Map.copyOf(labels);
    }

    /**
     * @param guid one that it has or had
     * @param statedSerial what the device says of itself; counts where it stated nothing in the factory
     * @param labels given to it, by whatever way
     */
    public static DeviceFacts of(Device device, Guid guid, Optional<String> statedSerial, Map<String, String> labels) {
        String serial = Optional.of(device.serial())
                .filter(stated -> !stated.isBlank())
                .or(() -> statedSerial)
                .orElse(device.deviceInfo());
        return new DeviceFacts(guid.toString(), serial, device.deviceInfo(), device.manufacturer(), labels);
    }
}

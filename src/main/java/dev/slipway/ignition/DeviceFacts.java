package dev.slipway.ignition;

import java.util.Map;

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
}

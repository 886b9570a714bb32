package dev.slipway.ignition.assignment;

import dev.slipway.device.Device;
import dev.slipway.fdo.type.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the table and the lists of groups name devices: by serial or GUID, in one name space. */
public final class DeviceNames {

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private DeviceNames() {}

    /** Whether it has the form of a GUID, which is that of an id, too. */
    static boolean isGuid(String name) {
        return GUID.matcher(name).matches();
    }

    /** GUIDs are the same in capital letters; serials are not. */
    static String canonical(String name) {
        return isGuid(name) ? name.toLowerCase(Locale.ROOT) : name;
    }

    /**
     * The weakest first: the serial, which others may have, too, then the GUIDs. A device states its serial itself, so one that has the form of
     * a GUID is no name of it: it would get what is meant for another.
     */
    public static List<String> of(Device device) {
        List<String> names = new ArrayList<>();
        String serial = device.serial().isBlank() ? device.deviceInfo() : device.serial();
        if (!isGuid(serial)) {
            names.add(serial);
        }
        device.guids().stream().map(Guid::toString).forEach(names::add);
        return names;
    }
}

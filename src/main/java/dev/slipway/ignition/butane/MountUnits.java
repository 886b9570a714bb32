package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.Optional;

/** The units of file systems {@code with_mount_unit}: below what the user writes about units of the same name. */
final class MountUnits {

    private MountUnits() {}

    static Optional<Translated> of(Dialect dialect, JsonNode tree) {
        Translated units = Translated.empty(dialect);
        JsonNode filesystems = tree.path("storage").path("filesystems");
        Given.forEach(filesystems, (filesystem, i) -> {
            if (Given.isTrue(filesystem, "with_mount_unit")) {
                unit(dialect, filesystem, tree).ifPresent(unit -> add(unit, i, units));
            }
        });
        return units.config().has("systemd") ? Optional.of(units) : Optional.empty();
    }

    private static void add(MountUnit unit, int filesystem, Translated units) {
        ArrayNode list = units.list("systemd", "units");
        units.trail().put(ConfigPath.ROOT.child("systemd").child("units").child(list.size()),
                ConfigPath.ROOT.child("storage").child("filesystems").child(filesystem).child("with_mount_unit"));
        list.addObject().put("name", unit.name()).put("enabled", true).put("contents", unit.contents());
    }

    /** Empty while something that it consists of is not known. */
    private static Optional<MountUnit> unit(Dialect dialect, JsonNode filesystem, JsonNode tree) {
        Optional<String> format = Given.text(filesystem, "format");
        boolean swap = dialect.hasSwapUnits() && format.equals(Optional.of("swap"));
        Optional<String> path = swap ? Optional.of("") : Given.text(filesystem, "path");
        if (format.isEmpty() || path.isEmpty() || Given.isUnknown(filesystem, "device")) {
            return Optional.empty();
        }
        String device = Given.text(filesystem, "device").orElse("");
        boolean remote = dialect.waitsForNetwork() && isUnlockedByTang(device, tree);
        return Optional.of(new MountUnit(device, path.get(), format.get(), Given.texts(filesystem, "mount_options"), swap, remote));
    }

    private static boolean isUnlockedByTang(String device, JsonNode tree) {
        for (JsonNode luks : tree.path("storage").path("luks")) {
            String name = Given.text(luks, "name").orElse("");
            boolean sameDevice = device.equals("/dev/mapper/" + name) || device.equals("/dev/disk/by-id/dm-name-" + name);
            if (sameDevice && Given.count(luks.path("clevis").path("tang")) > 0) {
                return true;
            }
        }
        return false;
    }
}

package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.List;
import java.util.Optional;

/**
 * The disk that Fedora CoreOS boots from, mirrored, encrypted or both: partitions, arrays and file systems below what the user writes about
 * the same devices.
 *
 * @see "Butane, Fedora CoreOS specification: boot_device"
 */
final class BootDevice {

    private static final String BY_LABEL = "/dev/disk/by-partlabel/";
    private static final String MIRRORED_ROOT = "/dev/md/md-root";

    private static final ConfigPath STORAGE = ConfigPath.ROOT.child("storage");
    private static final ConfigPath SOURCE = ConfigPath.ROOT.child("boot_device");
    private static final ConfigPath MIRROR = SOURCE.child("mirror");
    private static final ConfigPath LUKS = SOURCE.child("luks");

    private final Translated storage;
    private final String layout;
    private final JsonNode luks;
    private final List<String> mirror;

    private BootDevice(Translated storage, String layout, JsonNode luks, List<String> mirror) {
        this.storage = storage;
        this.layout = layout;
        this.luks = luks;
        this.mirror = mirror;
    }

    /** Empty if nothing is asked for, or while something that decides about it is not known. */
    static Optional<Translated> of(Dialect dialect, JsonNode tree) {
        JsonNode source = tree.path("boot_device");
        JsonNode luks = source.path("luks");
        boolean encrypted = isEncrypted(luks);
        List<String> mirror = Given.texts(source.path("mirror"), "devices");
        boolean known = !Given.isUnknown(source, "layout") && !Given.isUnknown(luks, "device");
        if (!known || !encrypted && mirror.isEmpty()) {
            return Optional.empty();
        }
        String layout = Given.text(source, "layout").orElse("x86_64");
        BootDevice device = new BootDevice(Translated.empty(dialect), layout, luks, mirror);
        device.storage.trail().put(STORAGE, SOURCE);
        if (!mirror.isEmpty()) {
            device.mirror();
        }
        if (encrypted) {
            device.encrypt();
        }
        device.filesystem(encrypted ? "/dev/mapper/root" : MIRRORED_ROOT, "xfs", "root", SOURCE);
        return Optional.of(device.storage);
    }

    private static boolean isEncrypted(JsonNode luks) {
        return Given.isTrue(luks, "tpm2") || Given.count(luks.path("tang")) > 0 || Given.isTrue(luks.path("cex"), "enabled");
    }

    private void mirror() {
        for (int i = 0; i < mirror.size(); i++) {
            ConfigPath source = MIRROR.child("devices").child(i);
            List<BootPartition> partitions = BootPartition.of(layout, i + 1);
            storage.trail().put(STORAGE.child("disks").child(i), source);
            ObjectNode disk = storage.list("storage", "disks").addObject().put("device", mirror.get(i)).put("wipeTable", true);
            partitions.forEach(partition -> partition.addTo(disk.withArray("/partitions")));
            partitions.stream().filter(BootPartition::isEfi)
                    .forEach(efi -> filesystem(BY_LABEL + efi.label(), "vfat", efi.label(), source));
        }
        storage.trail().put(STORAGE.child("raid"), MIRROR);
        // The superblock at the end: the BIOS loader of GRUB need not know of arrays.
        array("boot").putArray("options").add("--metadata=1.0");
        array("root");
        filesystem("/dev/md/md-boot", "ext4", "boot", MIRROR);
    }

    private ObjectNode array(String label) {
        ObjectNode array = storage.list("storage", "raid").addObject().put("name", "md-" + label).put("level", "raid1");
        for (int i = 1; i <= mirror.size(); i++) {
            array.withArray("/devices").add(BY_LABEL + label + "-" + i);
        }
        return array;
    }

    private void filesystem(String device, String format, String label, ConfigPath source) {
        ConfigPath list = STORAGE.child("filesystems");
        storage.trail().put(list.child(storage.list("storage", "filesystems").size()), source);
        storage.list("storage", "filesystems").addObject()
                .put("device", device).put("format", format).put("label", label).put("wipeFilesystem", true);
    }

    private void encrypt() {
        ConfigPath target = STORAGE.child("luks").child(0);
        storage.trail().put(target, LUKS);
        ObjectNode root = storage.list("storage", "luks").addObject()
                .put("name", "root").put("label", "luks-root").put("wipeVolume", true).put("device", encryptedDevice());
        if (Given.is(luks, "discard")) {
            root.set("discard", luks.get("discard"));
        }
        if (Given.isTrue(luks.path("cex"), "enabled")) {
            root.putObject("cex").put("enabled", true);
        } else {
            storage.trail().put(target.child("clevis"), LUKS);
            root.set("clevis", clevis());
        }
    }

    private String encryptedDevice() {
        String device = Given.text(luks, "device").orElse("");
        return switch (layout) {
            case "s390x-eckd" -> device + "2";
            case "s390x-zfcp" -> device + "4";
            default -> mirror.isEmpty() ? BY_LABEL + "root" : MIRRORED_ROOT;
        };
    }

    private ObjectNode clevis() {
        ObjectNode clevis = storage.config().objectNode();
        for (String name : List.of("tpm2", "threshold")) {
            Translated.put(clevis, name, luks.path(name));
        }
        Given.forEach(luks.path("tang"), (tang, i) -> {
            ObjectNode server = clevis.withArray("/tang").addObject();
            tang.properties().forEach(entry -> Translated.put(server, entry.getKey(), entry.getValue()));
        });
        return clevis;
    }
}

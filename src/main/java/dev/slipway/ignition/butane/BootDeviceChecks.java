package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold of {@code boot_device} and {@code grub}.
 *
 * @see "Butane, Fedora CoreOS specification"
 */
final class BootDeviceChecks {

    private static final Set<String> LAYOUTS = Set.of("aarch64", "ppc64le", "x86_64");
    private static final Set<String> IBM_Z_LAYOUTS = Set.of("s390x-eckd", "s390x-virt", "s390x-zfcp");
    private static final ConfigPath AT = ConfigPath.ROOT.child("boot_device");

    private final Dialect dialect;
    private final SourceReport report;

    BootDeviceChecks(Dialect dialect, SourceReport report) {
        this.dialect = dialect;
        this.report = report;
    }

    void check(JsonNode tree) {
        JsonNode device = tree.path("boot_device");
        layout(device);
        mirror(device);
        encryption(device);
        ConfigPath users = ConfigPath.ROOT.child("grub").child("users");
        Given.forEach(tree.path("grub").path("users"), (user, i) -> user(user, users.child(i)));
    }

    private void layout(JsonNode device) {
        Optional<String> layout = Given.text(device, "layout");
        if (layout.isEmpty() || LAYOUTS.contains(layout.get())) {
            return;
        }
        if (!dialect.hasIbmZ() || !IBM_Z_LAYOUTS.contains(layout.get())) {
            error("layout", "the layout is one of aarch64, ppc64le, x86_64" + (dialect.hasIbmZ() ? ", s390x-eckd, s390x-virt, s390x-zfcp" : ""));
            return;
        }
        switch (layout.get()) {
            case "s390x-eckd" -> disk(device, "(?s).*/dev/dasd[a-z]", "/dev/dasda");
            case "s390x-zfcp" -> disk(device, "(?s).*/dev/sd[a-z]", "/dev/sda");
            default -> { }
        }
    }

    private void disk(JsonNode device, String form, String example) {
        JsonNode luks = device.path("luks");
        if (!Given.isUnknown(luks, "device") && !Given.text(luks, "device").orElse("").matches(form)) {
            error("layout", "this layout needs luks.device, the name of a disk such as " + example);
        }
    }

    private void mirror(JsonNode device) {
        int disks = Given.count(device.path("mirror").path("devices"));
        if (disks == 0) {
            return;
        }
        if (disks == 1) {
            report.error("butane.boot-device", AT.child("mirror").child("devices"), "a mirror needs at least two disks");
        }
        if (!Given.is(device, "layout")) {
            String message = "a mirror needs the layout of the disks: write boot_device.layout, x86_64 for instance";
            if (dialect.demandsCompleteBootDevice()) {
                error("mirror", message);
            } else {
                report.warning("butane.boot-device", AT.child("mirror"), message);
            }
        }
        if (dialect.hasIbmZ() && isIbmZ(device)) {
            error("layout", "the disks of this layout cannot be mirrored");
        }
    }

    private void encryption(JsonNode device) {
        JsonNode luks = device.path("luks");
        boolean clevis = Given.count(luks.path("tang")) > 0 || Given.isTrue(luks, "tpm2");
        boolean cex = Given.isTrue(luks.path("cex"), "enabled");
        if (cex && !isIbmZ(device) && !Given.isUnknown(device, "layout")) {
            report.error("butane.boot-device", Given.is(device, "layout") ? AT.child("layout") : AT.child("luks").child("cex"),
                    "Crypto Express cards (cex) are those of IBM Z; choose an s390x layout");
        }
        if (cex && clevis) {
            error("luks", "the disk is unlocked either by cex or by tang and tpm2");
        }
        boolean unlocked = Given.isTrue(luks, "tpm2") || cex || hasServer(luks.path("tang"));
        boolean decided = !Given.isUnknown(luks, "tpm2") && !Given.isUnknown(luks, "tang") && !Given.isUnknown(luks.path("cex"), "enabled");
        if (dialect.demandsCompleteBootDevice() && Given.isFilled(luks, "device") && decided && !unlocked) {
            error("luks", "nothing unlocks the disk; choose tpm2, tang or cex");
        }
    }

    private static boolean hasServer(JsonNode tang) {
        for (JsonNode server : tang) {
            if (server.properties().stream().anyMatch(entry -> !entry.getValue().isNull())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIbmZ(JsonNode device) {
        return Given.text(device, "layout").filter(layout -> layout.startsWith("s390x")).isPresent();
    }

    private void error(String field, String message) {
        report.error("butane.boot-device", AT.child(field), message);
    }

    private void user(JsonNode user, ConfigPath at) {
        for (String field : new String[] {"name", "password_hash"}) {
            if (!Given.isFilled(user, field)) {
                report.error("butane.grub-user", at.child(field), "a user of the boot loader needs name and password_hash");
            }
        }
    }
}

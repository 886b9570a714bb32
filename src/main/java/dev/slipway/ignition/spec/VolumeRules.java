package dev.slipway.ignition.spec;

import static dev.slipway.ignition.spec.IgnitionVersion.V3_3_0;
import static dev.slipway.ignition.spec.IgnitionVersion.V3_6_0;

import java.util.Map;
import java.util.Set;

/** RAID arrays, filesystems and LUKS devices. */
final class VolumeRules {

    private static final Set<String> STRIPED = Set.of("linear", "raid0", "0", "stripe");
    private static final Set<String> REDUNDANT =
            Set.of("raid1", "1", "mirror", "raid4", "4", "raid5", "5", "raid6", "6", "raid10", "10");

    /** Format and the octets its label may have. */
    private static final Map<String, Integer> FORMATS =
            Map.of("ext4", 16, "btrfs", 256, "xfs", 12, "vfat", 11, "swap", 15, "none", Integer.MAX_VALUE);

    private static final int LUKS_LABEL = 47;
    private static final Set<String> KNOWN_PINS = Set.of("tpm2", "tang", "sss");

    private VolumeRules() {}

    static void raid(Subject raid) {
        String level = raid.text("level").orElse("");
        if (raid.lacks("level")) {
            raid.error("level", "ignition.raid-level", "a RAID array needs a level; write linear, raid0, raid1, raid4, raid5, raid6 or raid10");
        } else if (STRIPED.contains(level) && raid.whole("spares").orElse(0) != 0) {
            raid.error("level", "ignition.raid-spares", "an array of this level cannot have spares; leave them out or choose another level");
        } else if (!level.isEmpty() && !STRIPED.contains(level) && !REDUNDANT.contains(level)) {
            raid.error("level", "ignition.raid-level",
                    "this RAID level is not known; write linear, raid0, raid1, raid4, raid5, raid6 or raid10");
        }
        if (raid.lacks("devices")) {
            raid.error("devices", "ignition.raid-devices", "a RAID array needs devices; list their absolute paths");
        }
        PathRules.raidDevices(raid);
    }

    static void filesystem(Subject filesystem) {
        PathRules.optional(filesystem, "path");
        PathRules.required(filesystem, "device");
        if (filesystem.lacks("format")) {
            withoutFormat(filesystem);
        }
        filesystem.filled("format").ifPresent(format -> format(filesystem, format));
    }

    private static void withoutFormat(Subject filesystem) {
        boolean needsFormat = filesystem.filled("path").isPresent() || filesystem.filled("label").isPresent()
                || filesystem.filled("uuid").isPresent() || filesystem.isTrue("wipeFilesystem")
                || !filesystem.lacks("options") || !filesystem.lacks("mountOptions");
        if (needsFormat) {
            filesystem.error("format", "ignition.format-missing",
                    "a filesystem with path, label, uuid, wipeFilesystem or options needs a format, such as ext4");
        }
        if (filesystem.filled("label").isPresent()) {
            filesystem.error("label", "ignition.format-missing", "a filesystem with a label needs a format, such as ext4");
        }
    }

    private static void format(Subject filesystem, String format) {
        Integer limit = FORMATS.get(format);
        if (limit == null || format.equals("none") && !filesystem.isFrom(V3_3_0)) {
            filesystem.error("format", "ignition.format", "this format is not known; write ext4, btrfs, xfs, vfat or swap"
                    + (filesystem.isFrom(V3_3_0) ? ", or none" : ""));
        } else if (filesystem.text("label").filter(label -> Rules.octets(label) > limit).isPresent()) {
            filesystem.error("label", "ignition.label-too-long",
                    "a label has at most " + limit + " octets with the format " + format + "; write a shorter one");
        }
    }

    static void luks(Subject luks) {
        if (luks.text("name").orElse("").indexOf('/') >= 0) {
            luks.error("name", "ignition.luks-name", "the name of a LUKS device cannot hold a slash; it is a name below /dev/mapper");
        }
        if (luks.text("label").filter(label -> Rules.octets(label) > LUKS_LABEL).isPresent()) {
            luks.error("label", "ignition.label-too-long", "the label of a LUKS device has at most " + LUKS_LABEL + " octets; write a shorter one");
        }
        if (luks.lacks("device")) {
            luks.error("device", "ignition.device-missing", "a LUKS device needs the absolute path of the device below it");
        }
        PathRules.optional(luks, "device");
        if (luks.object("keyFile").filled("source").flatMap(source -> ResourceRules.complaint(source, luks.version())).isPresent()) {
            luks.error("keys", "ignition.key-file", "the source of keyFile cannot be used; see there");
        }
        clevisAndCex(luks);
    }

    private static void clevisAndCex(Subject luks) {
        Subject clevis = luks.object("clevis");
        boolean custom = luks.isFrom(V3_3_0) ? clevis.object("custom").filled("pin").isPresent() : clevis.node().path("custom").isObject();
        boolean others = !clevis.objects("tang").isEmpty() || clevis.isTrue("tpm2") || clevis.whole("threshold").orElse(0) != 0;
        if (custom && others) {
            luks.error("clevis", "ignition.clevis-custom-with-others",
                    "a custom Clevis config stands alone; leave out tpm2, tang and threshold, or say them in the custom config");
        }
        if (!luks.object("cex").isTrue("enabled")) {
            return;
        }
        if (others || clevis.object("custom").filled("pin").isPresent()) {
            luks.error("cex", "ignition.cex-with-clevis", "cex and clevis cannot be combined; leave one of them out");
        }
        if (luks.object("keyFile").filled("source").isPresent()) {
            luks.error("cex", "ignition.cex-with-key-file", "cex and keyFile cannot be combined; leave one of them out");
        }
    }

    static void clevisCustom(Subject custom) {
        boolean empty = custom.lacks("pin") && custom.lacks("config");
        if (empty && !(custom.isTrue("needsNetwork") && custom.isFrom(V3_3_0))) {
            return;
        }
        if (custom.lacks("pin")) {
            custom.error("pin", "ignition.clevis-pin", "a custom Clevis config needs a pin, such as tpm2, tang or sss");
        } else if (!custom.isFrom(V3_6_0) && custom.filled("pin").filter(pin -> !KNOWN_PINS.contains(pin)).isPresent()) {
            custom.error("pin", "ignition.clevis-pin", "before version 3.6.0 the pin must be tpm2, tang or sss; raise ignition.version for others");
        }
        if (custom.lacks("config")) {
            custom.error("config", "ignition.clevis-config", "a custom Clevis config needs the config of its pin, which is JSON in a text");
        }
    }

    static void tang(Subject tang) {
        String scheme = tang.text("url").flatMap(SourceUrl::parse).map(SourceUrl::scheme).orElse("");
        if (!tang.isUnknown("url") && !scheme.equals("http") && !scheme.equals("https")) {
            tang.error("url", "ignition.tang-url", "the URL of a Tang server starts with http:// or https://");
        }
        if (tang.lacks("thumbprint")) {
            tang.error("thumbprint", "ignition.tang-thumbprint", "a Tang server needs the thumbprint of its key; ask it with tang-show-keys");
        }
        if (tang.filled("advertisement").filter(advertisement -> !ConfigReader.isJson(advertisement)).isPresent()) {
            tang.error("advertisement", "ignition.tang-advertisement", "the advertisement is not JSON; copy what the server sends at /adv");
        }
    }
}

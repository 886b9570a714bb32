package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Warns of partitions that do not go together with the image of Fedora CoreOS.
 *
 * @see "Butane, Fedora CoreOS specification; Examples: Repartitioning"
 */
final class PartitionChecks {

    private static final String BOOT_DISK = "/dev/disk/by-id/coreos-boot-disk";
    private static final long UNKNOWN = -1;
    private static final long SMALLEST_ROOT_MIB = 8192;
    private static final Map<String, Integer> NUMBERS =
            Map.of("BIOS-BOOT", 1, "PowerPC-PReP-boot", 1, "EFI-SYSTEM", 2, "boot", 3, "root", 4);
    private static final ConfigPath DISKS = ConfigPath.ROOT.child("storage").child("disks");

    private final Dialect dialect;
    private final SourceReport report;

    PartitionChecks(Dialect dialect, SourceReport report) {
        this.dialect = dialect;
        this.report = report;
    }

    /** Of what the user wrote. */
    void checkSource(JsonNode tree) {
        if (!dialect.warnsOfReusedPartitions()) {
            return;
        }
        Set<String> mirror = Set.copyOf(Given.texts(tree.path("boot_device").path("mirror"), "devices"));
        Given.forEach(tree.path("storage").path("disks"), (disk, i) -> {
            String device = Given.text(disk, "device").orElse("");
            if (!device.equals(BOOT_DISK) && !Given.isTrue(disk, "wipe_table") && !mirror.contains(device)) {
                Given.forEach(disk.path("partitions"), (partition, p) -> reused(partition, DISKS.child(i).child("partitions").child(p)));
            }
        });
    }

    private void reused(JsonNode partition, ConfigPath at) {
        if (number(partition) == 0 && Given.is(partition, "label")) {
            report.warning("butane.partition", at.child("number"),
                    "a partition cannot be reused by its label alone; write its number, or wipe_table: true");
        }
    }

    /**
     * Of what it became.
     *
     * @param sources where a place of the translated config comes from
     */
    void checkTranslated(JsonNode config, Function<ConfigPath, ConfigPath> sources) {
        if (!dialect.knowsPartitionsOfImage()) {
            return;
        }
        Given.forEach(config.path("storage").path("disks"), (disk, i) -> {
            JsonNode partitions = disk.path("partitions");
            Given.forEach(partitions, (partition, p) -> {
                ConfigPath at = DISKS.child(i).child("partitions").child(p);
                String label = Given.text(partition, "label").orElse("");
                if (label.equals("root") && dialect.knowsRootPartition()) {
                    root(partition, partitions, at, sources);
                }
                Optional<Integer> number = Optional.ofNullable(NUMBERS.get(label));
                if (number.isPresent() && !Set.of(UNKNOWN, (long) number.get()).contains(number(partition)) && !Given.isTrue(disk, "wipeTable")) {
                    report.warning("butane.partition", sources.apply(at.child("label")), "the image has this label on partition "
                            + number.get() + "; under another number a new partition is made");
                }
            });
        });
    }

    private void root(JsonNode root, JsonNode partitions, ConfigPath at, Function<ConfigPath, ConfigPath> sources) {
        if (Given.isUnknown(root, "sizeMiB")) {
            return;
        }
        long size = root.path("sizeMiB").asLong();
        if (size != 0 && size < SMALLEST_ROOT_MIB) {
            report.warning("butane.partition", sources.apply(at.child("sizeMiB")), "the root file system should have at least 8 GiB");
        }
        if (size != 0) {
            return;
        }
        for (JsonNode other : partitions) {
            if (other != root && other.path("startMiB").asLong() == 0 && !Given.isUnknown(other, "startMiB")) {
                report.warning("butane.partition", sources.apply(at.child("label")), "the root partition takes the space that is left, and another"
                        + " one without start_mib follows, so it cannot grow");
                return;
            }
        }
    }

    private static long number(JsonNode partition) {
        return Given.isUnknown(partition, "number") ? UNKNOWN : partition.path("number").asLong();
    }
}

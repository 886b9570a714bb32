package dev.slipway.ignition.spec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Disks and their partitions. */
final class DiskRules {

    /** Octets; the table has 36 code units of UTF-16, and Ignition counts octets. */
    private static final int LABEL = 36;

    private DiskRules() {}

    static void disk(Subject disk) {
        if (disk.lacks("device")) {
            disk.error("device", "ignition.device-missing", "a disk needs a device; write its absolute path, such as /dev/vda");
            return;
        }
        PathRules.optional(disk, "device");
        List<Subject> partitions = disk.objects("partitions");
        numbers(partitions);
        labels(partitions);
        overlap(partitions);
    }

    /** One complaint a disk, as Ignition has it. */
    private static void numbers(List<Subject> partitions) {
        Set<Long> numbers = new HashSet<>();
        for (Subject partition : partitions) {
            OptionalLong number = partition.whole("number");
            if (number.orElse(0) != 0 && !numbers.add(number.getAsLong())) {
                partition.error("ignition.partition-number-twice", "another partition of this disk has the same number; numbers are unique");
                return;
            }
        }
    }

    private static void labels(List<Subject> partitions) {
        Set<String> labels = new HashSet<>();
        for (Subject partition : partitions) {
            if (partition.text("label").isPresent() && !labels.add(partition.text("label").get())) {
                partition.error("ignition.partition-label-twice", "another partition of this disk has the same label; labels are unique");
                return;
            }
        }
    }

    private static void overlap(List<Subject> partitions) {
        for (Subject one : partitions) {
            for (Subject other : partitions) {
                if (one != other && isPlaced(one) && isPlaced(other) && overlap(one, other)) {
                    other.error("ignition.partitions-overlap", "this partition and another one of the disk overlap; check startMiB and sizeMiB");
                    return;
                }
            }
        }
    }

    /** Start and size are known; a start of 0 means that Ignition chooses. */
    private static boolean isPlaced(Subject partition) {
        return partition.whole("startMiB").orElse(0) != 0 && partition.whole("sizeMiB").isPresent();
    }

    private static boolean overlap(Subject one, Subject other) {
        return start(one) <= end(other) && start(other) <= end(one);
    }

    private static long start(Subject partition) {
        return partition.whole("startMiB").orElseThrow();
    }

    /** Of a size of 0, which means the rest of the disk, only the start is known. */
    private static long end(Subject partition) {
        long size = partition.whole("sizeMiB").orElseThrow();
        return size == 0 ? start(partition) : start(partition) + size - 1;
    }

    static void partition(Subject partition) {
        if (partition.isFalse("shouldExist") && (partition.text("label").isPresent() || partition.filled("typeGuid").isPresent()
                || partition.filled("guid").isPresent() || partition.whole("startMiB").isPresent() || partition.whole("sizeMiB").isPresent())) {
            partition.error("ignition.partition-deleted-with-properties",
                    "a partition that should not exist is named by its number only; leave out label, typeGuid, guid, startMiB and sizeMiB");
        }
        if (partition.whole("number").orElse(0) == 0 && !partition.isUnknown("number") && !partition.gives("label")) {
            partition.error("ignition.partition-unnamed", "a partition needs a number from 1 or a label");
        }
        partition.text("label").ifPresent(label -> label(partition, label));
        guid(partition, "guid");
        guid(partition, "typeGuid");
    }

    private static void label(Subject partition, String label) {
        if (Rules.octets(label) > LABEL) {
            partition.error("label", "ignition.label-too-long", "the label of a partition has at most " + LABEL + " octets; write a shorter one");
        } else if (label.indexOf(':') >= 0) {
            partition.error("label", "ignition.partition-label-colon", "the label of a partition cannot hold a colon; write it without");
        }
    }

    private static void guid(Subject partition, String field) {
        partition.filled(field).filter(guid -> !Rules.isGuid(guid)).ifPresent(guid -> partition.error(field, "ignition.guid",
                "this is no GUID; write hex digits in the form 01234567-89AB-CDEF-EDCB-A98765432101"));
    }

    /** A filesystem on a whole disk. */
    static void filesystemsOnDisks(Subject storage) {
        Map<String, Subject> disks = new HashMap<>();
        storage.objects("disks").forEach(disk -> disk.known("device").ifPresent(device -> disks.put(device, disk)));
        if (disks.isEmpty()) {
            return;
        }
        for (Subject filesystem : storage.objects("filesystems")) {
            Subject disk = disks.get(filesystem.known("device").orElse(null));
            if (disk != null) {
                onDisk(filesystem, disk);
            }
        }
    }

    private static void onDisk(Subject filesystem, Subject disk) {
        if (disk.node().path("partitions").size() > 0) {
            filesystem.warning("device", "ignition.filesystem-over-partitions",
                    "the filesystem takes a whole disk that gets partitions, which it overwrites; name one of the partitions");
        } else if (disk.isTrue("wipeTable") && !filesystem.isTrue("wipeFilesystem") && !filesystem.isUnknown("wipeFilesystem")) {
            filesystem.warning("device", "ignition.filesystem-implicit-wipe",
                    "the disk's wipeTable wipes this filesystem, too; say so with wipeFilesystem, or name a partition");
        }
    }
}

package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A partition of a mirrored boot disk. It has no number: its place is that of the image, and must stay so.
 *
 * @param mebibytes 0 for all that is left
 * @param typeGuid empty for data of Linux
 */
record BootPartition(String label, int mebibytes, String typeGuid) {

    private static final String BIOS = "21686148-6449-6E6F-744E-656564454649";
    private static final String PREP = "9E1A2D38-C612-4316-AA26-8B49521E5A8B";
    private static final String EFI = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
    private static final String RESERVED = "8DA63339-0007-60C0-C436-083AC8230908";

    /** The four of one disk, in order. */
    static List<BootPartition> of(String layout, int disk) {
        BootPartition reserved = new BootPartition("reserved-" + disk, 1, RESERVED);
        BootPartition loader = switch (layout) {
            case "x86_64" -> new BootPartition("bios-" + disk, 1, BIOS);
            case "ppc64le" -> new BootPartition("prep-" + disk, 4, PREP);
            default -> reserved;
        };
        boolean efi = layout.equals("x86_64") || layout.equals("aarch64");
        return List.of(
                loader,
                efi ? new BootPartition("esp-" + disk, 127, EFI) : reserved,
                new BootPartition("boot-" + disk, 384, ""),
                new BootPartition("root-" + disk, 0, ""));
    }

    boolean isEfi() {
        return typeGuid.equals(EFI);
    }

    void addTo(ArrayNode partitions) {
        ObjectNode partition = partitions.addObject().put("label", label);
        if (mebibytes > 0) {
            partition.put("sizeMiB", mebibytes);
        }
        if (!typeGuid.isEmpty()) {
            partition.put("typeGuid", typeGuid);
        }
    }
}

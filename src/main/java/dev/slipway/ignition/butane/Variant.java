package dev.slipway.ignition.butane;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The systems that a Butane config can be written for. */
public enum Variant {
    /** Fedora CoreOS. */
    FCOS("fcos", Map.of()),
    /** Flatcar Container Linux. */
    FLATCAR("flatcar", Map.of("/storage/luks/*/clevis", "Clevis")),
    /** RHEL for Edge. */
    R4E("r4e", Unsupported.IMAGE_BASED),
    /** Fedora IoT. */
    FIOT("fiot", Unsupported.IMAGE_BASED);

    private static final class Unsupported {
        private static final Map<String, String> IMAGE_BASED = Map.of(
                "/kernelArguments", "kernel arguments",
                "/storage/disks", "disks",
                "/storage/filesystems", "filesystems",
                "/storage/luks", "LUKS",
                "/storage/raid", "RAID");
    }

    private final String text;
    private final Map<String, String> unsupported;

    Variant(String text, Map<String, String> unsupported) {
        this.text = text;
        this.unsupported = unsupported;
    }

    /** As it stands in {@code variant}. */
    public String text() {
        return text;
    }

    /** What its images cannot do: where it would stand in the Ignition config ({@code *} is any index), and what it is in words. */
    Map<String, String> unsupported() {
        return unsupported;
    }

    static Optional<Variant> find(String text) {
        return Arrays.stream(values()).filter(variant -> variant.text.equals(text)).findFirst();
    }
}

package dev.slipway.ignition.butane;

import dev.slipway.ignition.spec.IgnitionVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code variant} and {@code version} of a Butane config choose.
 *
 * @param version as it stands in the config
 * @param target the version of Ignition that it becomes
 * @param base the set of features that all variants have in common, 1 to 7; a later one has all of those before it
 * @see "Butane, Specifications; Config versions"
 */
public record Dialect(Variant variant, String version, IgnitionVersion target, int base) {

    private static final List<Dialect> STABLE = List.of(
            new Dialect(Variant.FCOS, "1.0.0", IgnitionVersion.V3_0_0, 1),
            new Dialect(Variant.FCOS, "1.1.0", IgnitionVersion.V3_1_0, 2),
            new Dialect(Variant.FCOS, "1.2.0", IgnitionVersion.V3_2_0, 3),
            new Dialect(Variant.FCOS, "1.3.0", IgnitionVersion.V3_2_0, 3),
            new Dialect(Variant.FCOS, "1.4.0", IgnitionVersion.V3_3_0, 4),
            new Dialect(Variant.FCOS, "1.5.0", IgnitionVersion.V3_4_0, 5),
            new Dialect(Variant.FCOS, "1.6.0", IgnitionVersion.V3_5_0, 6),
            new Dialect(Variant.FCOS, "1.7.0", IgnitionVersion.V3_6_0, 7),
            new Dialect(Variant.FLATCAR, "1.0.0", IgnitionVersion.V3_3_0, 4),
            new Dialect(Variant.FLATCAR, "1.1.0", IgnitionVersion.V3_4_0, 5),
            new Dialect(Variant.R4E, "1.0.0", IgnitionVersion.V3_3_0, 4),
            new Dialect(Variant.R4E, "1.1.0", IgnitionVersion.V3_4_0, 5),
            new Dialect(Variant.FIOT, "1.0.0", IgnitionVersion.V3_4_0, 5));

    static Optional<Dialect> find(Variant variant, String version) {
        return STABLE.stream().filter(dialect -> dialect.variant == variant && dialect.version.equals(version)).findFirst();
    }

    /** The versions of a variant, for a message. */
    static String versions(Variant variant) {
        return STABLE.stream().filter(dialect -> dialect.variant == variant).map(Dialect::version).collect(Collectors.joining(", "));
    }

    /** Contents of every resource may be inline or local, and are written in the shortest of three ways. */
    boolean encodesShortest() {
        return base >= 2;
    }

    boolean hasTrees() {
        return base >= 2;
    }

    boolean hasMountUnits() {
        return base >= 2;
    }

    /** The mount unit of a volume that a Tang server unlocks waits for the network. */
    boolean waitsForNetwork() {
        return base >= 3;
    }

    boolean hasSwapUnits() {
        return base >= 4;
    }

    /** Units and SSH keys may come from local files. */
    boolean hasLocalTexts() {
        return base >= 5;
    }

    boolean hasTreeOwners() {
        return base >= 7;
    }

    boolean hasBootDevice() {
        return isCoreOsSince(3);
    }

    boolean hasGrubUsers() {
        return isCoreOsSince(5);
    }

    boolean hasBootDiscard() {
        return isCoreOsSince(5);
    }

    boolean hasIbmZ() {
        return isCoreOsSince(6);
    }

    boolean mountsBelowEtcAndVar() {
        return isCoreOsSince(6);
    }

    boolean warnsOfReusedPartitions() {
        return isCoreOsSince(6);
    }

    /** What is asked of a boot device must be complete: the layout of a mirror, how an encrypted disk is unlocked. */
    boolean demandsCompleteBootDevice() {
        return isCoreOsSince(7);
    }

    boolean knowsPartitionsOfImage() {
        return isCoreOsSince(0);
    }

    boolean knowsRootPartition() {
        return isCoreOsSince(3);
    }

    private boolean isCoreOsSince(int minor) {
        return variant == Variant.FCOS && Integer.parseInt(version.split("\\.")[1]) >= minor;
    }
}

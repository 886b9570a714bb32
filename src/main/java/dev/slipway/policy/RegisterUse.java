package dev.slipway.policy;

import dev.slipway.attestation.ReferenceImage;
import java.util.Set;

/**
 * What registers are used for, as far as it is the same everywhere.
 *
 * @see "TCG PC Client Platform Firmware Profile, PCR Usage; systemd, TPM2 PCR Measurements Made by systemd; UAPI, Linux TPM PCR Registry"
 */
final class RegisterUse {

    /** Configuration, disk layout, host specifics, machine id. */
    private static final Set<Integer> PER_MACHINE = Set.of(1, 3, 5, 6, 15);
    /** A loader, GRUB's commands and files, the sections of a UKI. */
    private static final Set<Integer> OF_IMAGES = Set.of(4, 8, 9, 11, 12, 13);
    /** What came from outside of an image; nothing, unless something is said about it. */
    private static final Set<Integer> OF_ADDITIONS = Set.of(12, 13);
    /** IMA, which measures as long as the machine runs. */
    private static final int RUN_TIME = 10;

    private RegisterUse() {}

    static boolean isPerMachine(int pcr) {
        return PER_MACHINE.contains(pcr);
    }

    /** Whether images differ in it; else it is the platform that does. */
    static boolean isOfImages(int pcr) {
        return OF_IMAGES.contains(pcr);
    }

    static boolean isOfAdditions(int pcr) {
        return OF_ADDITIONS.contains(pcr);
    }

    static boolean provesNothing(int pcr) {
        return pcr == RUN_TIME || ReferenceImage.isResettable(pcr);
    }
}

package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which images a machine may have booted.
 *
 * @param images one of them has to fit entirely
 */
public record PcrPolicy(List<ReferenceImage> images) implements BootRule {

    /** Credentials, extensions and command lines that came from outside of the image; whoever allows some lists their value. */
    private static final Set<Integer> UNEXTENDED_UNLESS_LISTED = Set.of(12, 13);

    /** @throws IllegalArgumentException without any image */
    public PcrPolicy {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a PCR policy without images lets nothing pass; name at least one");
        }
    }

    /** Nothing if one image fits, else what is different from the image that is nearest; from the last of several, which should be the newest. */
    @Override
    public List<Finding> findings(Booted booted) {
        return images.stream()
                .map(image -> differences(image, booted))
                .reduce((one, next) -> next.size() <= one.size() ? next : one)
                .orElseThrow();
    }

    private static List<Finding> differences(ReferenceImage image, Booted booted) {
        List<Finding> findings = new ArrayList<>(image.differences(booted));
        findings.addAll(foreign(image.name(), image.values().keySet(), booted));
        return findings;
    }

    /**
     * What came from outside of an image.
     *
     * @param listed the registers that something is said about
     */
    public static List<Finding> foreign(String by, Set<Pcr> listed, Booted booted) {
        return booted.quoted().values().entrySet().stream()
                .filter(register -> UNEXTENDED_UNLESS_LISTED.contains(register.getKey().index()))
                .filter(register -> !listed.contains(register.getKey()) && !isZero(register.getValue()))
                .map(register -> Reason.PCR_POLICY.finding(
                        register.getKey().toString(), "expected by " + by + ": nothing extended, found " + register.getValue()))
                .toList();
    }

    /** The first image that fits. */
    public Optional<ReferenceImage> fitting(Booted booted) {
        return images.stream().filter(image -> differences(image, booted).isEmpty()).findFirst();
    }

    private static boolean isZero(Bytes value) {
        return value.equals(Bytes.owning(new byte[value.length()]));
    }
}

package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Which images a machine may have booted.
 *
 * @param images one of them has to fit entirely
 */
public record PcrPolicy(List<ReferenceImage> images) {

    /** Credentials, extensions and command lines that came from outside of the image; whoever allows some lists their value. */
    private static final Set<Integer> UNEXTENDED_UNLESS_LISTED = Set.of(12, 13);

    /** @throws IllegalArgumentException without any image */
    public PcrPolicy {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a PCR policy without images lets nothing pass; name at least one");
        }
    }

    /**
     * What keeps the quoted values from being those of an image: nothing if one fits, else what is different from the image that is nearest.
     *
     * @param log one that replays to these values, to name events; empty where there is none
     */
    List<Finding> findings(PcrValues quoted, Optional<MeasurementLog> log) {
        return images.stream()
                .map(image -> differences(image, quoted.values(), log))
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    private static List<Finding> differences(ReferenceImage image, SortedMap<Pcr, Bytes> quoted, Optional<MeasurementLog> log) {
        List<Finding> findings = new ArrayList<>();
        image.values().values().forEach((pcr, expected) -> {
            if (!quoted.containsKey(pcr)) {
                findings.add(Reason.PCR_POLICY.finding(pcr.toString(), "image " + image.name() + " has a value for it, and it was not quoted"));
            } else if (!quoted.get(pcr).equals(expected)) {
                findings.add(difference(image, pcr, expected, quoted.get(pcr), log));
            }
        });
        for (Map.Entry<Pcr, Bytes> register : quoted.entrySet()) {
            boolean listed = image.values().values().containsKey(register.getKey());
            if (!listed && UNEXTENDED_UNLESS_LISTED.contains(register.getKey().index()) && !isZero(register.getValue())) {
                findings.add(Reason.PCR_POLICY.finding(register.getKey().toString(),
                        "expected by image " + image.name() + ": nothing extended, found " + register.getValue()));
            }
        }
        return findings;
    }

    private static Finding difference(ReferenceImage image, Pcr pcr, Bytes expected, Bytes found, Optional<MeasurementLog> log) {
        String event = log.flatMap(known -> firstDifference(image, pcr, expected, known)).map(text -> "; " + text).orElse("");
        return Reason.PCR_POLICY.finding(pcr.toString(), "expected by image " + image.name() + ": " + expected + ", found " + found + event);
    }

    /** The first event that the image does not have. */
    private static Optional<String> firstDifference(ReferenceImage image, Pcr pcr, Bytes expected, MeasurementLog log) {
        List<Measurement> extended = log.of(pcr.index());
        int reached = log.history(pcr).indexOf(expected);
        if (reached >= 0) {
            return Optional.of("it was as expected before " + extended.get(reached).description());
        }
        List<Bytes> reference = image.events().getOrDefault(pcr, List.of());
        for (int i = 0; i < reference.size() && i < extended.size(); i++) {
            Optional<Bytes> digest = extended.get(i).digest(pcr.bank());
            if (digest.isPresent() && !digest.get().equals(reference.get(i))) {
                return Optional.of(extended.get(i).description() + " has digest " + digest.get() + ", expected " + reference.get(i));
            }
        }
        return reference.size() > extended.size()
                ? Optional.of("the event with digest " + reference.get(extended.size()) + " is missing")
                : Optional.empty();
    }

    private static boolean isZero(Bytes value) {
        return value.equals(Bytes.owning(new byte[value.length()]));
    }
}

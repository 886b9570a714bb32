package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the registers hold when one published image booted, or what they hold on one kind of machine. All of it has to fit at once: the boot
 * loader of one image and the kernel of another are no image.
 *
 * @param name for people: {@code image 41}
 * @param values by register, any one of which it may hold
 * @param events the digests that lead to a value, where they are known; they serve to tell which one differs
 */
public record ReferenceImage(String name, SortedMap<Pcr, Set<Bytes>> values, Map<Pcr, List<Bytes>> events) {

    /** Anybody may reset these while the machine runs. */
    private static final Set<Integer> RESETTABLE = Set.of(16, 23);

    /** @throws IllegalArgumentException if a value proves nothing: of a bank with a weak hash, or of a register that can be reset */
    public ReferenceImage {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        events = Map.copyOf(events);
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " has no PCR values, so that any machine would pass");
        }
        for (Pcr pcr : values.keySet()) {
            if (!pcr.bank().isStrong()) {
                throw new IllegalArgumentException(name + " has a value of the " + pcr.bank().bank() + " bank; use sha256 or better");
            }
            if (isResettable(pcr.index())) {
                throw new IllegalArgumentException(name + " has a value of PCR " + pcr.index() + ", which anybody can reset");
            }
        }
    }

    /** One with a single value for each register. */
    public static ReferenceImage of(String name, PcrValues values, Map<Pcr, List<Bytes>> events) {
        SortedMap<Pcr, Set<Bytes>> sets = new TreeMap<>();
        values.values().forEach((pcr, value) -> sets.put(pcr, Set.of(value)));
        return new ReferenceImage(name, sets, events);
    }

    public static boolean isResettable(int pcr) {
        return RESETTABLE.contains(pcr);
    }

    /** Where a boot is another one than this. */
    public List<Finding> differences(Booted booted) {
        List<Finding> findings = new ArrayList<>();
        values.forEach((pcr, allowed) -> {
            Optional<Bytes> found = booted.value(pcr);
            if (found.isEmpty()) {
                findings.add(Reason.PCR_POLICY.finding(pcr.toString(), name + " has a value for it, and it was not quoted"));
            } else if (!allowed.contains(found.get())) {
                findings.add(difference(pcr, allowed, found.get(), booted.log()));
            }
        });
        return findings;
    }

    private Finding difference(Pcr pcr, Set<Bytes> allowed, Bytes found, Optional<MeasurementLog> log) {
        String expected = allowed.stream().map(Bytes::toString).sorted().collect(Collectors.joining(" or "));
        String event = log.flatMap(known -> firstDifference(pcr, allowed, known)).map(text -> "; " + text).orElse("");
        return Reason.PCR_POLICY.finding(pcr.toString(), "expected by " + name + ": " + expected + ", found " + found + event);
    }

    /** The first event that the image does not have. */
    private Optional<String> firstDifference(Pcr pcr, Set<Bytes> allowed, MeasurementLog log) {
        List<Measurement> extended = log.of(pcr.index());
        List<Bytes> history = log.history(pcr);
        for (int i = 0; i < history.size() && i < extended.size(); i++) {
            if (allowed.contains(history.get(i))) {
                return Optional.of("it was as expected before " + extended.get(i).description());
            }
        }
        List<Bytes> reference = events.getOrDefault(pcr, List.of());
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
}

package dev.slipway.policy;

import dev.slipway.attestation.Booted;
import dev.slipway.attestation.Measurement;
import dev.slipway.attestation.MeasurementLog;
import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Pcr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which registers of some boots a policy can be about: those that several devices agree on.
 *
 * @param kept in ascending order
 * @param leftOut with the reason
 */
record LearnedRegisters(List<Pcr> kept, Map<Pcr, String> leftOut) {

    static LearnedRegisters of(List<Booted> boots) {
        List<Pcr> kept = new ArrayList<>();
        Map<Pcr, String> leftOut = new LinkedHashMap<>();
        for (Pcr pcr : common(boots)) {
            Optional<String> reason = reason(pcr, boots);
            reason.ifPresentOrElse(why -> leftOut.put(pcr, why), () -> kept.add(pcr));
        }
        return new LearnedRegisters(kept, leftOut);
    }

    /** Of the first strong bank that all of them quoted. */
    private static Set<Pcr> common(List<Booted> boots) {
        Set<Pcr> common = new TreeSet<>(boots.getFirst().quoted().values().keySet());
        boots.forEach(boot -> common.retainAll(boot.quoted().values().keySet()));
        common.removeIf(pcr -> !pcr.bank().isStrong());
        common.stream().findFirst().map(Pcr::bank).ifPresent(bank -> common.removeIf(pcr -> pcr.bank() != bank));
        return common;
    }

    private static Optional<String> reason(Pcr pcr, List<Booted> boots) {
        if (RegisterUse.isPerMachine(pcr.index())) {
            return Optional.of("differs from machine to machine by its nature");
        }
        if (RegisterUse.provesNothing(pcr.index())) {
            return Optional.of("proves nothing: it changes while the machine runs, or anybody can reset it");
        }
        Set<Bytes> values = new HashSet<>();
        boots.forEach(boot -> values.add(boot.quoted().values().get(pcr)));
        if (boots.size() > 1 && 2 * values.size() > boots.size()) {
            return Optional.of(boots.size() + " devices have " + values.size() + " values" + firstDifference(pcr, boots));
        }
        return Optional.empty();
    }

    /** Between the first device and one that has another value. */
    private static String firstDifference(Pcr pcr, List<Booted> boots) {
        Booted first = boots.getFirst();
        Optional<Booted> other = boots.stream().filter(boot -> !boot.value(pcr).equals(first.value(pcr))).findFirst();
        if (other.isEmpty() || first.log().isEmpty() || other.get().log().isEmpty()) {
            return "";
        }
        List<Measurement> ours = of(pcr, first.log().get());
        List<Measurement> theirs = of(pcr, other.get().log().get());
        for (int i = 0; i < ours.size() && i < theirs.size(); i++) {
            if (!ours.get(i).digest(pcr.bank()).equals(theirs.get(i).digest(pcr.bank()))) {
                return "; they differ from " + ours.get(i).description() + " on";
            }
        }
        return "; some measured more than others";
    }

    private static List<Measurement> of(Pcr pcr, MeasurementLog log) {
        return log.of(pcr.index());
    }
}

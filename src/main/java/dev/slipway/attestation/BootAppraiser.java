package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a machine booted what it should have, judged by what its TPM quoted. All findings are told, and each names its register. */
public final class BootAppraiser {

    private static final int LAST_FIRMWARE_PCR = 7;
    private static final int LAST_LOCALITY = 4;

    private BootAppraiser() {}

    /** @param boot with what the machine says it measured, not looked at yet */
    public static Appraisal appraise(Booted boot, BootRule rule) {
        Booted booted = boot.withUnloggedPhases();
        // spec: the log leads to the quoted values, or it is about something else; and says truly what was hashed
        List<Finding> contradictions = contradictions(booted);
        List<Finding> findings = new ArrayList<>(contradictions);
        // spec: firmware did extend its registers: in an unused bank anybody can, later
        findings.addAll(unextended(booted.quoted()));
        // spec: the values are those of an image that may run, and what led to them is what is wanted
        findings.addAll(rule.findings(booted.believing(contradictions.isEmpty())));
        return new Appraisal(findings);
    }

    /** What is wrong with evidence whatever the machine may boot. */
    public static Appraisal examine(Booted boot) {
        return appraise(boot, anything -> List.of());
    }

    private static List<Finding> contradictions(Booted booted) {
        return booted.log().map(told -> explain(booted.quoted(), told)).orElse(List.of());
    }

    /** Where a log contradicts quoted values or itself. */
    static List<Finding> explain(PcrValues quoted, MeasurementLog log) {
        List<Finding> findings = new ArrayList<>();
        Set<TpmHash> banks = new TreeSet<>();
        for (Map.Entry<Pcr, Bytes> register : quoted.values().entrySet()) {
            Optional<Bytes> replayed = log.value(register.getKey());
            if (!replayed.equals(Optional.of(register.getValue()))) {
                String found = replayed.map(value -> "leads to " + value).orElse("has no digests of its bank");
                findings.add(Reason.REPLAY.finding(register.getKey().toString(), "quoted is " + register.getValue() + ", the event log " + found));
            }
            banks.add(register.getKey().bank());
        }
        for (TpmHash bank : banks) {
            for (Measurement event : log.contradictions(bank)) {
                Pcr pcr = new Pcr(bank, event.pcr());
                findings.add(Reason.EVENT_DATA.finding(pcr.toString(), event.description() + ": expected the hash of its data, "
                        + bank.digest(event.hashedData().orElseThrow()) + ", found " + event.digest(bank).orElseThrow()));
            }
        }
        return findings;
    }

    /** The registers of the firmware that nothing extended: whoever accepts their values accepts what anybody can bring about. */
    public static List<Finding> unextended(PcrValues quoted) {
        return quoted.values().entrySet().stream()
                .filter(register -> register.getKey().index() <= LAST_FIRMWARE_PCR && isResetState(register.getKey(), register.getValue()))
                .map(register -> Reason.PCR_RESET_STATE.finding(register.getKey().toString(),
                        "was never extended; the firmware measures nothing into this bank, so that anybody could"))
                .toList();
    }

    /** All zeros; in PCR 0 the last octet may be the locality that the TPM was started from. */
    private static boolean isResetState(Pcr pcr, Bytes value) {
        int last = value.length() - 1;
        int most = pcr.index() == 0 ? LAST_LOCALITY : 0;
        return value.at(last) <= most && value.slice(0, last).equals(Bytes.owning(new byte[last]));
    }
}

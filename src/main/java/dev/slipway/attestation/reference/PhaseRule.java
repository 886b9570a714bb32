package dev.slipway.attestation.reference;

import dev.slipway.attestation.BootPhase;
import dev.slipway.attestation.BootRule;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.MeasurementLog;
import dev.slipway.attestation.Reason;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far the boot has come: whoever runs later than the initramfs cannot quote that it is still there, as systemd has extended PCR 11 by then.
 *
 * @param phases in order; none for a quote before systemd extends the first
 * @see "systemd, systemd-pcrphase.service; systemd-measure, --phase"
 */
public record PhaseRule(TpmHash bank, List<BootPhase> phases) implements BootRule {

    public PhaseRule {
        phases = List.copyOf(phases);
    }

    @Override
    public List<Finding> findings(Booted booted) {
        Pcr pcr = new Pcr(bank, BootPhase.PCR);
        if (booted.log().isEmpty()) {
            return List.of(Missing.log(pcr, "the boot phases"));
        }
        List<BootPhase> found = phases(booted.log().get(), bank);
        return found.equals(phases)
                ? List.of()
                : List.of(Reason.PCR_POLICY.finding(pcr.toString(), "expected boot phase " + path(phases) + ", found " + path(found)));
    }

    /** Those that a log has, by digests alone. */
    public static List<BootPhase> phases(MeasurementLog log, TpmHash bank) {
        return log.of(BootPhase.PCR).stream()
                .flatMap(event -> event.digest(bank).stream())
                .map(digest -> BootPhase.find(bank, digest))
                .flatMap(Optional::stream)
                .toList();
    }

    /** As systemd-measure takes it: {@code enter-initrd:leave-initrd}; {@code none} where there is none. */
    public static String path(List<BootPhase> phases) {
        return phases.isEmpty() ? "none" : phases.stream().map(BootPhase::word).collect(Collectors.joining(":"));
    }
}

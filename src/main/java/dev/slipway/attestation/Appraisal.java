package dev.slipway.attestation;

import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything that was found about evidence, in the order of the checks. The first error is the reason for a refusal. */
public record Appraisal(List<Finding> findings) {

    public Appraisal {
        findings = List.copyOf(findings);
    }

    public Optional<Reason> rejection() {
        return findings.stream().filter(finding -> finding.severity() == Finding.Severity.ERROR).findFirst().flatMap(Appraisal::reason);
    }

    private static Optional<Reason> reason(Finding finding) {
        return Arrays.stream(Reason.values()).filter(reason -> reason.id().equals(finding.id())).findFirst();
    }

    /** @throws AttestationRejected with all findings, if one of them is an error */
    public void requireAccepted() {
        Optional<Reason> reason = rejection();
        if (reason.isPresent()) {
            throw new AttestationRejected(reason.get().name(), findings);
        }
    }
}

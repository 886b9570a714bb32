package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.Appraisal;
import dev.slipway.attestation.BootAppraiser;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.Reason;
import dev.slipway.failure.Finding;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was made of a boot.
 *
 * @param by what it was judged by; empty where it was only recorded, with what is wrong
 * @param image that was booted, where a policy lists it
 */
public record BootVerdict(Instant at, Optional<String> by, Optional<String> image, List<Finding> findings) {

    private static final String BETWEEN_POLICIES = ", ";
    private static final String REVISION = " revision ";

    public BootVerdict {
        findings = List.copyOf(findings);
    }

    static BootVerdict byPolicies(Instant at, Booted booted, List<InForce> policies) {
        Appraisal appraisal = BootAppraiser.appraise(
                booted, seen -> policies.stream().flatMap(policy -> policy.rule().findings(seen).stream()).toList());
        String by = policies.stream().map(InForce::name).collect(Collectors.joining(BETWEEN_POLICIES));
        Optional<String> image = policies.stream().flatMap(policy -> policy.image().apply(booted).stream()).findFirst();
        return new BootVerdict(at, Optional.of(by), image, appraisal.findings());
    }

    static BootVerdict byAccepted(Instant at, Booted booted, AcceptedBoot accepted) {
        return new BootVerdict(
                at, Optional.of("accepted at " + accepted.at()), Optional.empty(), BootAppraiser.appraise(booted, accepted.policy()).findings());
    }

    static BootVerdict recorded(Instant at, Booted booted) {
        return new BootVerdict(at, Optional.empty(), Optional.empty(), BootAppraiser.examine(booted).findings());
    }

    /** Whether a policy let the boot pass. */
    public boolean isLetInBy(String policy) {
        return rejection().isEmpty() && by.stream().flatMap(names -> Arrays.stream(names.split(BETWEEN_POLICIES))).anyMatch(name ->
                name.startsWith(policy + REVISION));
    }

    /** Why the device gets nothing; empty where it does, or where what it booted only was recorded. */
    public Optional<Reason> rejection() {
        return by.flatMap(judge -> new Appraisal(findings).rejection());
    }

    /** @throws dev.slipway.failure.Failure.AttestationRejected with all findings, if it was rejected */
    void requireNotRejected() {
        if (by.isPresent()) {
            new Appraisal(findings).requireAccepted();
        }
    }
}

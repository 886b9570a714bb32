package dev.slipway.policy;

import dev.slipway.attestation.Appraisal;
import dev.slipway.attestation.BootAppraiser;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.reference.ReferencePolicy;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a policy lets a boot pass or not, register by register.
 *
 * @param image that was booted, if the policy lists it
 * @param rejection the first reason; empty where it passes
 * @param others what is wrong and about no register that was quoted or should have been: events of others that contradict themselves
 */
public record Explanation(
        String policy, Optional<String> image, Optional<Reason> rejection, List<Register> registers, List<Finding> others) {

    /**
     * @param found what was quoted; empty where it was not
     * @param findings what is wrong with it
     */
    public record Register(Pcr pcr, Optional<Bytes> found, List<Finding> findings) {}

    /** Of evidence as it came: with what the machine says it measured, not looked at yet. */
    public static Explanation of(ReferencePolicy policy, Booted boot) {
        Appraisal appraisal = BootAppraiser.appraise(boot, policy);
        Set<Pcr> quoted = boot.quoted().values().keySet();
        Stream<Pcr> wanted = policy.pcrs().pcrs().stream().filter(pcr -> !quoted.contains(pcr));
        List<Register> registers = Stream.concat(quoted.stream(), wanted)
                .sorted()
                .map(pcr -> new Register(pcr, boot.value(pcr), about(pcr, appraisal)))
                .toList();
        List<Finding> others = appraisal.findings().stream()
                .filter(finding -> registers.stream().noneMatch(register -> register.findings().contains(finding)))
                .toList();
        return new Explanation(policy.name(), policy.image(boot), appraisal.rejection(), registers, others);
    }

    private static List<Finding> about(Pcr pcr, Appraisal appraisal) {
        return appraisal.findings().stream().filter(finding -> finding.path().equals(pcr.toString())).toList();
    }
}

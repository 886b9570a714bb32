package dev.slipway.policy;

import dev.slipway.attestation.BootAppraiser;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.attestation.firstboot.BootStore;
import dev.slipway.attestation.firstboot.KeptEvidence;
import dev.slipway.attestation.reference.ReferencePolicy;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what devices booted last, and were let in with, against another revision of their policy. */
public final class PolicyTrial {

    /** The latest; each is judged in a millisecond or two. */
    private static final int MAX_DEVICES = 1_000;

    private final BootStore boots;

    public PolicyTrial(BootStore boots) {
        this.boots = boots;
    }

    /**
     * @param devices that were tried
     * @param refused those that would be refused if they booted the same again
     */
    public record Result(int devices, List<Refused> refused) {

        static final Result NONE = new Result(0, List.of());
    }

    /** @param finding the first of what is wrong */
    public record Refused(String device, Finding finding) {}

    Result of(ReferencePolicy policy) {
        List<Subject> devices = boots.letInBy(policy.name(), MAX_DEVICES);
        List<Refused> refused = new ArrayList<>();
        for (Subject device : devices) {
            boots.lastEvidence(device)
                    .flatMap(evidence -> firstFinding(policy, evidence))
                    .ifPresent(finding -> refused.add(new Refused(device.toString(), finding)));
        }
        return new Result(devices.size(), refused);
    }

    private static Optional<Finding> firstFinding(ReferencePolicy policy, KeptEvidence evidence) {
        try {
            return BootAppraiser.appraise(evidence.booted(), policy).findings().stream().findFirst();
        } catch (Malformed e) {
            // Readers may have become stricter since.
            return Optional.of(Reason.PARSE.finding("", e.getMessage()));
        }
    }
}

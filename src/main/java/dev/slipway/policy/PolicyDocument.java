package dev.slipway.policy;

import dev.slipway.attestation.reference.ReferencePolicy;
import dev.slipway.failure.Finding;
import java.util.List;
import java.util.Optional;

/**
 * A policy as somebody wrote it.
 *
 * @param warnings what the author should look at, although the policy can be used
 */
public record PolicyDocument(ReferencePolicy policy, Optional<String> comment, List<Finding> warnings) {

    public PolicyDocument {
        warnings = List.copyOf(warnings);
    }

    public String name() {
        return policy.name();
    }
}

package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.BootRule;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.reference.ReferencePolicy;
import dev.slipway.failure.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A policy that a device is held to.
 *
 * @param name with its revision, for people
 * @param image finds which one was booted, where that is listed
 */
public record InForce(String name, BootRule rule, Function<Booted, Optional<String>> image) {

    public static InForce of(String name, ReferencePolicy policy) {
        return new InForce(name, policy, policy::image);
    }

    /** One that cannot be judged by: it lets nothing pass. */
    public static InForce unusable(String name, String why) {
        List<Finding> finding = List.of(Reason.PCR_POLICY.finding("", why));
        return new InForce(name, booted -> finding, booted -> Optional.empty());
    }
}

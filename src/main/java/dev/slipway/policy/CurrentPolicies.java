package dev.slipway.policy;

import dev.slipway.attestation.firstboot.InForce;
import dev.slipway.attestation.reference.ReferencePolicy;
import dev.slipway.failure.Failure.ConfigInvalid;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The revisions that are in force, read once each. */
public final class CurrentPolicies {

    private final PolicyStore store;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    private record Read(int number, ReferencePolicy policy) {}

    public CurrentPolicies(PolicyStore store) {
        this.store = store;
    }

    /** What a device is judged by whose profile names this policy: without the policy, nothing passes. */
    public InForce named(String name) {
        Optional<PolicyRevision> latest = store.latest(name);
        if (latest.isEmpty()) {
            return InForce.unusable(
                    name, "the device's profile names the policy '" + name + "', which there is not; ./slipway policy apply puts it in force");
        }
        try {
            return InForce.of(latest.get().label(), policy(latest.get()));
        } catch (ConfigInvalid e) {
            return InForce.unusable(latest.get().label(), "this version does not understand the policy any more; apply it anew");
        }
    }

    private ReferencePolicy policy(PolicyRevision revision) {
        return read.compute(revision.policy(), (name, known) -> known != null && known.number() == revision.number()
                        ? known
                        : new Read(revision.number(), revision.read().policy()))
                .policy();
    }
}

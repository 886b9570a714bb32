package dev.slipway.ignition.rollout;

import java.util.Optional;
import java.util.UUID;

/**
 * Which revisions of a profile devices get.
 *
 * @param version one more with each change; whoever changes it says which one he saw
 */
public record Channels(String profile, long version, int stable, Optional<Canary> canary) {

    public int revisionFor(UUID device) {
        return canary.filter(some -> some.includes(profile, device)).map(Canary::revision).orElse(stable);
    }

    boolean pointsLike(Channels other) {
        return stable == other.stable && canary.equals(other.canary);
    }

    boolean pointsAt(int revision) {
        return stable == revision || canary.filter(some -> some.revision() == revision).isPresent();
    }
}

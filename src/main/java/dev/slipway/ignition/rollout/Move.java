package dev.slipway.ignition.rollout;

import dev.slipway.audit.Author;
import java.time.Instant;
import java.util.Optional;

/** A change of the channels of a profile, and what they were after it. */
public record Move(String profile, Instant at, Action action, Author author, int stable, Optional<Canary> canary) {

    public enum Action {
        APPLIED,
        PROMOTED,
        ROLLED_BACK
    }
}

package dev.slipway.ignition;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the changes of what decides over configs: groups, labels, assignments, profiles. Whoever remembers an answer remembers with it how
 * many there had been when he began to look for it; when there are more, the answer is old.
 */
public final class ConfigChanges {

    private final AtomicLong count = new AtomicLong();

    public long count() {
        return count.get();
    }

    /** Something was changed, and whoever reads it from now on reads it as it is now. */
    public void raise() {
        count.incrementAndGet();
    }
}

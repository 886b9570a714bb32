package dev.slipway.ignition.assignment;

import dev.slipway.audit.AuditEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where groups are kept. What changes is on disk, with its event, when a method returns. */
public interface GroupStore {

    /** All groups, compiled; the same until one changes. */
    GroupRules rules();

    Optional<StoredGroup> find(String name);

    /**
     * The next groups of the list, in the order of their names.
     *
     * @param after the last one of the page before; empty for the beginning
     */
    List<StoredGroup> list(Optional<String> after, int limit);

    /**
     * Stores a group; without an event where it is the same as what is there.
     *
     * @param expected the version that is to be replaced; empty for whatever there is
     * @throws dev.slipway.failure.Failure.Conflict if it is another one, or if there are too many groups
     */
    Change put(Group group, OptionalLong expected, AuditEvent event);

    /**
     * @return whether there was one
     * @throws dev.slipway.failure.Failure.Conflict if it is another version, or if the table puts devices in it
     */
    boolean remove(String name, OptionalLong expected, AuditEvent event);

    /** What a put did. */
    record Change(Outcome outcome, StoredGroup group) {}

    enum Outcome {
        CREATED,
        CHANGED,
        UNCHANGED
    }
}

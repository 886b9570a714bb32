package dev.slipway.policy;

import dev.slipway.audit.AuditEvent;
import java.util.List;
import java.util.Optional;

/** Where policies are kept. What changes is on disk, with its event, when a method returns. */
public interface PolicyStore {

    /** The revision of a policy that is in force. */
    Optional<PolicyRevision> latest(String policy);

    Optional<PolicyRevision> revision(String policy, int number);

    /** All of a policy, newest first. */
    List<PolicyRevision> revisions(String policy);

    /**
     * The next policies of the list, in the order of their names, each with its latest revision.
     *
     * @param after the last one of the page before; empty for the beginning
     */
    List<PolicyRevision> list(Optional<String> after, int limit);

    /** @throws dev.slipway.failure.Failure.Conflict if the revision before it is not the latest any more */
    void add(PolicyRevision revision, AuditEvent event);
}

package dev.slipway.audit;

import java.util.concurrent.CompletableFuture;

/** Where events go that belong to no change in storage. */
public interface AuditLog {

    /** What a peer was refused. Returns at once; under a flood of refusals the surplus is counted, not stored. */
    void append(AuditEvent event);

    /** What somebody did, or tried, who has a right to be here: never left out, and on disk when the future completes. */
    CompletableFuture<Void> store(AuditEvent event);
}

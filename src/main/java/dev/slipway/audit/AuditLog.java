package dev.slipway.audit;

import java.util.concurrent.CompletableFuture;

/** Where events go that belong to no change in storage. */
public interface AuditLog {

    /**
     * What a peer was refused. Returns at once.
     *
     * @return false if it is left out: too many wait to be stored
     */
    boolean append(AuditEvent event);

    /** What somebody did, or tried, who has a right to be here: never left out, and on disk when the future completes. */
    CompletableFuture<Void> store(AuditEvent event);
}

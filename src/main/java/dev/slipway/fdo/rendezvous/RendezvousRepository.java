package dev.slipway.fdo.rendezvous;

import dev.slipway.audit.AuditEvent;
import dev.slipway.fdo.type.Guid;
import java.time.Instant;
import java.util.Optional;

/** Where the rendezvous service keeps its blobs. */
public interface RendezvousRepository {

    /** The blob for {@code guid}, unless it has expired. */
    Optional<RendezvousBlob> find(Guid guid, Instant now);

    /**
     * Stores the blob in place of any earlier one; durable when this returns.
     *
     * @throws dev.slipway.failure.Failure.OwnerSignatureRejected if it {@linkplain RendezvousBlob#mayReplace may not replace} the one that is there
     */
    void register(RendezvousBlob blob, AuditEvent event);
}

package dev.slipway.fdo.owner;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.type.Guid;
import java.util.List;
import java.util.Optional;

/** Our own registrations at our own rendezvous service. */
public interface OwnBlobs {

    /** The addresses that all of them tell, encoded; empty where that is not known. */
    Optional<Bytes> addresses();

    /** On disk when this returns. */
    void setAddresses(Bytes addresses);

    /**
     * The devices that they are for, in the order of their GUIDs.
     *
     * @param after empty for the first
     */
    List<Guid> list(Optional<Guid> after, int limit);

    /** Puts each in the place of one of ours for the same device, if that is still there; on disk when this returns. */
    void replace(List<RendezvousBlob> blobs);
}

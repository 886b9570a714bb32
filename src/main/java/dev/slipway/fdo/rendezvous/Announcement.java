package dev.slipway.fdo.rendezvous;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where an owner makes itself known for one device.
 *
 * @param here its registration at this very server, if the device asks here
 * @param elsewhere the other servers that the device may ask, by name; they are told by TO0
 */
public record Announcement(Optional<RendezvousBlob> here, List<URI> elsewhere) {

    /** For a voucher that is not ours: its owner makes himself known. */
    public static final Announcement NONE = new Announcement(Optional.empty(), List.of());
}

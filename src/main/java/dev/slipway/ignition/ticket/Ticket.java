package dev.slipway.ignition.ticket;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ProfileRevision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The right of one device to fetch one config.
 *
 * @param hash of what the device shows, see {@link TicketToken}
 * @param guid the device's, when this was minted
 * @param statedSerial what the device said of itself then
 * @param revisions of the profiles that were leased, lowest first; empty before that
 * @param audience the service it is good for, as {@link TicketPolicy#audience()}: not for another one that has a copy of the database
 * @param state when it was last stored; see {@link TicketState#at}
 */
public record Ticket(
        Bytes hash,
        UUID device,
        Guid guid,
        Optional<String> statedSerial,
        List<ProfileRevision> revisions,
        String audience,
        Proof proof,
        Instant mintedAt,
        TicketState state,
        Optional<Alarm> alarm) {

    /**
     * Somebody showed it after its lease had ended.
     *
     * @param consumer the address that did first
     */
    public record Alarm(Instant at, String consumer) {}
}

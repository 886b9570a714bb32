package dev.slipway.ignition.ticket;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.RenderedConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where tickets and what was leased on them are kept. What changes is on disk, with its event, when a method returns. */
public interface TicketStore {

    Optional<Ticket> find(Bytes hash);

    /** All tickets of a device that are still known, newest first. */
    List<Ticket> of(UUID device);

    /** Stores a ticket, and ends all others of its device as superseded. */
    void mint(Ticket ticket, AuditEvent event);

    /**
     * Approves a ticket that waits for it.
     *
     * @return whether it did, at the time of the event
     */
    boolean approve(Bytes hash, TicketState.Unused state, AuditEvent event);

    /** Lets a ticket that is not leased live longer. */
    void extend(Bytes hash, Instant until);

    /**
     * Starts a lease on an unused ticket. If somebody else has done that just now, his is the lease.
     *
     * @param revisions that the config was rendered of, lowest first
     * @return what is leased
     * @throws dev.slipway.failure.Failure.Forbidden if the ticket has ended meanwhile
     */
    RenderedConfig lease(Bytes hash, TicketState.Leased state, List<ProfileRevision> revisions, RenderedConfig config, AuditEvent event);

    /**
     * What is leased, octet by octet.
     *
     * @throws dev.slipway.failure.Failure.Forbidden if the lease has ended meanwhile
     */
    RenderedConfig leased(Bytes hash);

    /**
     * Ends a lease, since the machine said that it is done.
     *
     * @return whether there was one
     */
    boolean report(Bytes hash, AuditEvent event);

    /**
     * Ends all tickets of a device.
     *
     * @return how many were alive
     */
    int revoke(UUID device, AuditEvent event);

    /** Notes the first second consumer of a ticket; changes nothing when there was one before. */
    void alarm(Bytes hash, Ticket.Alarm alarm, AuditEvent event);
}

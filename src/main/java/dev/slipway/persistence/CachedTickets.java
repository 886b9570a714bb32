package dev.slipway.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.ticket.Ticket;
import dev.slipway.ignition.ticket.TicketState;
import dev.slipway.ignition.ticket.TicketStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tickets and leases, those in use in memory: a device that waits, and one that fetches again, cost the database nothing.
 *
 * <p>Whatever changes a ticket drops it here before it returns. Nobody else changes the database of this process, which has its data
 * folder for itself. The caches wait with a drop until a look-up that is being made is done, so none puts back what was dropped.
 */
@Singleton
public final class CachedTickets implements TicketStore {

    private static final long MAX_TICKETS = 50_000;
    private static final long MAX_CONFIG_OCTETS = 32 << 20;
    /** Of an entry, beside its config. */
    private static final int ENTRY_OCTETS = 256;

    private final TicketRows rows;
    private final Cache<Bytes, Ticket> tickets = Caffeine.newBuilder().maximumSize(MAX_TICKETS).build();
    private final Cache<Bytes, RenderedConfig> configs = Caffeine.newBuilder()
            .maximumWeight(MAX_CONFIG_OCTETS)
            .weigher((Bytes hash, RenderedConfig config) -> ENTRY_OCTETS + config.octets().length())
            .build();

    CachedTickets(TicketRows rows) {
        this.rows = rows;
    }

    @Override
    public Optional<Ticket> find(Bytes hash) {
        return Optional.ofNullable(tickets.get(hash, key -> rows.find(key).orElse(null)));
    }

    @Override
    public List<Ticket> of(UUID device) {
        return rows.of(device);
    }

    @Override
    public void mint(Ticket ticket, AuditEvent event) {
        drop(rows.mint(ticket, event));
    }

    @Override
    public boolean approve(Bytes hash, TicketState.Unused state, AuditEvent event) {
        boolean approved = rows.approve(hash, state, event);
        drop(hash);
        return approved;
    }

    @Override
    public void extend(Bytes hash, Instant until) {
        rows.extend(hash, until);
        drop(hash);
    }

    @Override
    public RenderedConfig lease(
            Bytes hash, TicketState.Leased state, List<ProfileRevision> revisions, RenderedConfig config, AuditEvent event) {
        RenderedConfig leased = rows.lease(hash, state, revisions, config, event);
        drop(hash);
        return leased;
    }

    @Override
    public RenderedConfig leased(Bytes hash) {
        return configs.get(hash, rows::leased);
    }

    @Override
    public boolean report(Bytes hash, AuditEvent event) {
        boolean reported = rows.report(hash, event);
        drop(hash);
        return reported;
    }

    @Override
    public int revoke(UUID device, AuditEvent event) {
        List<Bytes> ended = rows.revoke(device, event);
        drop(ended);
        return ended.size();
    }

    @Override
    public void alarm(Bytes hash, Ticket.Alarm alarm, AuditEvent event) {
        rows.alarm(hash, alarm, event);
        drop(hash);
    }

    /** Deletes what has expired; how many tickets that were. */
    public int deleteExpired(Instant now) {
        int deleted = rows.deleteExpired(now);
        tickets.invalidateAll();
        configs.invalidateAll();
        return deleted;
    }

    /** Of those that changed, once that is committed. */
    void drop(List<Bytes> changed) {
        changed.forEach(this::drop);
    }

    private void drop(Bytes hash) {
        tickets.invalidate(hash);
        configs.invalidate(hash);
    }
}

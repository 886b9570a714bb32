package dev.slipway.ignition.ticket;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.RenderedConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tickets in memory, and what was asked and told of them. */
final class MemoryTickets implements TicketStore {

    final Map<Bytes, Ticket> tickets = new HashMap<>();
    final Map<Bytes, RenderedConfig> configs = new HashMap<>();
    final List<AuditEvent> events = new ArrayList<>();
    final List<Bytes> lookedUp = new ArrayList<>();
    int extensions;

    @Override
    public synchronized Optional<Ticket> find(Bytes hash) {
        lookedUp.add(hash);
        return Optional.ofNullable(tickets.get(hash));
    }

    @Override
    public synchronized List<Ticket> of(UUID device) {
        return tickets.values().stream()
                .filter(ticket -> ticket.device().equals(device))
                .sorted(Comparator.comparing(Ticket::mintedAt).reversed())
                .toList();
    }

    @Override
    public synchronized void mint(Ticket ticket, AuditEvent event) {
        end(ticket.device(), TicketState.End.SUPERSEDED, event.at());
        tickets.put(ticket.hash(), ticket);
        events.add(event);
    }

    private int end(UUID device, TicketState.End how, Instant at) {
        List<Ticket> live = of(device).stream().filter(ticket -> ticket.state().at(at) instanceof TicketState.Live).toList();
        live.forEach(ticket -> end(ticket, how, at));
        return live.size();
    }

    private void end(Ticket ticket, TicketState.End how, Instant at) {
        Optional<Instant> fetchedAt = ticket.state() instanceof TicketState.Leased leased ? Optional.of(leased.since()) : Optional.empty();
        put(ticket, new TicketState.Ended(how, at, fetchedAt));
        configs.remove(ticket.hash());
    }

    void put(Ticket ticket, TicketState state) {
        tickets.put(ticket.hash(), with(ticket, state, ticket.alarm()));
    }

    private static Ticket with(Ticket ticket, TicketState state, Optional<Ticket.Alarm> alarm) {
        return new Ticket(
                ticket.hash(), ticket.device(), ticket.guid(), ticket.statedSerial(), ticket.revisions(), ticket.audience(), ticket.proof(),
                ticket.mintedAt(), state, alarm);
    }

    @Override
    public synchronized boolean approve(Bytes hash, TicketState.Unused state, AuditEvent event) {
        if (!(tickets.get(hash).state().at(event.at()) instanceof TicketState.AwaitingApproval)) {
            return false;
        }
        put(tickets.get(hash), state);
        events.add(event);
        return true;
    }

    @Override
    public synchronized void extend(Bytes hash, Instant until) {
        extensions++;
        Ticket ticket = tickets.get(hash);
        switch (ticket.state()) {
            case TicketState.AwaitingApproval state when state.until().isBefore(until) -> put(ticket, new TicketState.AwaitingApproval(until));
            case TicketState.Unused state when state.until().isBefore(until) -> put(ticket, new TicketState.Unused(until));
            default -> {}
        }
    }

    @Override
    public synchronized RenderedConfig lease(
            Bytes hash, TicketState.Leased state, List<ProfileRevision> revisions, RenderedConfig config, AuditEvent event) {
        if (!(tickets.get(hash).state().at(state.since()) instanceof TicketState.Unused)) {
            return leased(hash);
        }
        Ticket before = tickets.get(hash);
        tickets.put(hash, new Ticket(
                hash, before.device(), before.guid(), before.statedSerial(), revisions, before.audience(), before.proof(), before.mintedAt(), state,
                before.alarm()));
        configs.put(hash, config);
        events.add(event);
        return config;
    }

    @Override
    public synchronized RenderedConfig leased(Bytes hash) {
        return Optional.ofNullable(configs.get(hash)).orElseThrow(() -> new Forbidden("the ticket or its lease has ended just now"));
    }

    @Override
    public synchronized boolean report(Bytes hash, AuditEvent event) {
        if (!(tickets.get(hash).state().at(event.at()) instanceof TicketState.Leased)) {
            return false;
        }
        end(tickets.get(hash), TicketState.End.REPORTED, event.at());
        events.add(event);
        return true;
    }

    @Override
    public synchronized int revoke(UUID device, AuditEvent event) {
        events.add(event);
        return end(device, TicketState.End.REVOKED, event.at());
    }

    @Override
    public synchronized void alarm(Bytes hash, Ticket.Alarm alarm, AuditEvent event) {
        Ticket ticket = tickets.get(hash);
        if (ticket.alarm().isEmpty()) {
            tickets.put(hash, with(ticket, ticket.state(), Optional.of(alarm)));
            events.add(event);
        }
    }
}

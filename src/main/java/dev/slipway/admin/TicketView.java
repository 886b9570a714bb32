package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ignition.ticket.Ticket;
import dev.slipway.ignition.ticket.TicketState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A ticket of a device, and its lease.
 *
 * @param state {@code awaiting-approval}, {@code unused}, {@code leased}, {@code reported}, {@code revoked}, {@code superseded}, {@code rejected},
 *     {@code expired}
 * @param profiles that were leased, lowest first, each with its revision; absent before that
 * @param until when that ends by itself; absent for one that has ended
 * @param fetchedAt when its lease began
 * @param alarm absent unless somebody showed it after its lease had ended
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TicketView(
        String state,
        String proof,
        String means,
        List<Profile> profiles,
        String guid,
        Instant mintedAt,
        Optional<Instant> until,
        Optional<Instant> fetchedAt,
        Optional<String> consumer,
        Optional<Instant> endedAt,
        Optional<Alarm> alarm) {

    public record Profile(String name, String revision) {}

    /** @param consumer the address that showed it */
    public record Alarm(String kind, Instant at, String consumer) {}

    static TicketView of(Ticket ticket, Instant now) {
        return switch (ticket.state().at(now)) {
            case TicketState.AwaitingApproval state -> live(ticket, "awaiting-approval", state.until(), Optional.empty(), Optional.empty());
            case TicketState.Unused state -> live(ticket, "unused", state.until(), Optional.empty(), Optional.empty());
            case TicketState.Leased state -> live(ticket, "leased", state.until(), Optional.of(state.since()), Optional.of(state.consumer()));
            case TicketState.Ended state ->
                    of(ticket, CheckView.word(state.how()), Optional.empty(), state.fetchedAt(), Optional.empty(), Optional.of(state.at()));
        };
    }

    private static TicketView live(Ticket ticket, String state, Instant until, Optional<Instant> fetchedAt, Optional<String> consumer) {
        return of(ticket, state, Optional.of(until), fetchedAt, consumer, Optional.empty());
    }

    private static TicketView of(
            Ticket ticket,
            String state,
            Optional<Instant> until,
            Optional<Instant> fetchedAt,
            Optional<String> consumer,
            Optional<Instant> endedAt) {
        return new TicketView(
                state,
                ticket.proof().level().word(),
                CheckView.word(ticket.proof().means()),
                ticket.revisions().stream().map(revision -> new Profile(revision.profile(), revision.shortHash())).toList(),
                ticket.guid().toString(),
                ticket.mintedAt(),
                until,
                fetchedAt,
                consumer,
                endedAt,
                ticket.alarm().map(alarm -> new Alarm("second-consumer", alarm.at(), alarm.consumer())));
    }
}

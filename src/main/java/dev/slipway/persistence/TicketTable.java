package dev.slipway.persistence;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.ticket.Proof;
import dev.slipway.ignition.ticket.Ticket;
import dev.slipway.ignition.ticket.TicketState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tickets as rows. */
final class TicketTable {

    private TicketTable() {}

    /** A ticket that was minted just now. */
    static TicketEntity row(Ticket ticket) {
        TicketEntity row = new TicketEntity();
        row.hash = ticket.hash().toArray();
        row.deviceId = ticket.device();
        row.guid = ticket.guid().value().toArray();
        row.statedSerial = ticket.statedSerial().orElse(null);
        row.revisions = text(ticket.revisions());
        row.audience = ticket.audience();
        row.level = ticket.proof().level();
        row.means = ticket.proof().means();
        row.mintedAt = ticket.mintedAt().toEpochMilli();
        switch (ticket.state()) {
            case TicketState.AwaitingApproval state -> {
                row.state = TicketEntity.State.AWAITING_APPROVAL;
                row.until = state.until().toEpochMilli();
            }
            case TicketState.Unused state -> {
                row.state = TicketEntity.State.UNUSED;
                row.until = state.until().toEpochMilli();
            }
            case TicketState.Leased state -> throw new IllegalArgumentException("a ticket is not minted with a lease");
            case TicketState.Ended state -> throw new IllegalArgumentException("a ticket is not minted at its end");
        }
        return row;
    }

    static Ticket ticket(TicketEntity row) {
        return new Ticket(
                Bytes.of(row.hash),
                row.deviceId,
                new Guid(Bytes.of(row.guid)),
                Optional.ofNullable(row.statedSerial),
                revisions(row.revisions),
                row.audience,
                new Proof(row.level, row.means),
                Instant.ofEpochMilli(row.mintedAt),
                state(row),
                Optional.ofNullable(row.alarmAt).map(at -> new Ticket.Alarm(Instant.ofEpochMilli(at), row.alarmConsumer)));
    }

    /** No name of a profile has a blank or an @ in it. */
    static String text(List<ProfileRevision> revisions) {
        return revisions.stream().map(revision -> revision.profile() + "@" + revision.sha256().toHex()).collect(Collectors.joining(" "));
    }

    private static List<ProfileRevision> revisions(String text) {
        return text.isEmpty() ? List.of() : Arrays.stream(text.split(" ")).map(TicketTable::revision).toList();
    }

    private static ProfileRevision revision(String text) {
        int at = text.indexOf('@');
        return new ProfileRevision(text.substring(0, at), Bytes.fromHex(text.substring(at + 1)));
    }

    private static TicketState state(TicketEntity row) {
        Instant until = Instant.ofEpochMilli(row.until);
        return switch (row.state) {
            case AWAITING_APPROVAL -> new TicketState.AwaitingApproval(until);
            case UNUSED -> new TicketState.Unused(until);
            case LEASED -> new TicketState.Leased(Instant.ofEpochMilli(row.leasedAt), until, row.consumer);
            case REPORTED -> ended(row, TicketState.End.REPORTED);
            case REVOKED -> ended(row, TicketState.End.REVOKED);
            case SUPERSEDED -> ended(row, TicketState.End.SUPERSEDED);
            case REJECTED -> ended(row, TicketState.End.REJECTED);
        };
    }

    private static TicketState ended(TicketEntity row, TicketState.End how) {
        return new TicketState.Ended(how, Instant.ofEpochMilli(row.endedAt), Optional.ofNullable(row.leasedAt).map(Instant::ofEpochMilli));
    }
}

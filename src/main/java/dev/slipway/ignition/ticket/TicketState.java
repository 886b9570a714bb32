package dev.slipway.ignition.ticket;

import java.time.Instant;
import java.util.Optional;

/** How far a ticket has come. */
public sealed interface TicketState {

    /** One that may still give a config. */
    sealed interface Live extends TicketState {

        /** When that ends by itself. */
        Instant until();
    }

    /** Given to an installer; a device that shows it waits. */
    record AwaitingApproval(Instant until) implements Live {}

    /** Good for a config, and not shown yet. */
    record Unused(Instant until) implements Live {}

    /**
     * The config was given out, and is given out again.
     *
     * @param consumer the address that got it first
     */
    record Leased(Instant since, Instant until, String consumer) implements Live {}

    /**
     * Good for nothing any more.
     *
     * @param fetchedAt when the config was given out, if it ever was
     */
    record Ended(End how, Instant at, Optional<Instant> fetchedAt) implements TicketState {}

    enum End {
        /** The machine said that it is done. */
        REPORTED,
        REVOKED,
        /** The device got another ticket. */
        SUPERSEDED,
        /** It was won by attestation, and what the device attested later was not accepted. */
        REJECTED,
        EXPIRED
    }

    /** What this is at a later time. */
    default TicketState at(Instant now) {
        return switch (this) {
            case Leased leased when !leased.until().isAfter(now) -> new Ended(End.EXPIRED, leased.until(), Optional.of(leased.since()));
            case Live live when !live.until().isAfter(now) -> new Ended(End.EXPIRED, live.until(), Optional.empty());
            case Live live -> live;
            case Ended ended -> ended;
        };
    }
}

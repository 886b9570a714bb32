package dev.slipway.ignition.ticket;

import dev.slipway.audit.AuditEvent;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.ticket.ConfigRequest.Consumer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the auditor is told of tickets. */
public final class TicketEvents {

    private static final String DEVICE = "device";

    private TicketEvents() {}

    /** All other tickets of the device end with this. */
    static AuditEvent minted(Ticket ticket, String actor) {
        Map<String, String> facts = facts(ticket);
        facts.put("until", ((TicketState.Live) ticket.state()).until().toString());
        facts.put("waits", ticket.state() instanceof TicketState.AwaitingApproval ? "for an operator's approval" : "for nothing");
        return done("ticket.minted", ticket, ticket.mintedAt(), actor, facts);
    }

    static AuditEvent approved(Ticket ticket, Instant now, String actor) {
        return done("ticket.approved", ticket, now, actor, facts(ticket));
    }

    /** The hash is the one that stands in the device's journal. */
    static AuditEvent leased(Ticket ticket, List<ProfileRevision> revisions, RenderedConfig config, Instant now, Consumer consumer) {
        Map<String, String> facts = facts(ticket);
        put(facts, revisions);
        facts.put("version", config.version().text());
        facts.put("octets", Integer.toString(config.octets().length()));
        facts.put("sha512", config.sha512());
        facts.put("userAgent", consumer.userAgent());
        facts.put("address", consumer.address());
        return done("lease.started", ticket, now, DEVICE, facts);
    }

    static AuditEvent reported(Ticket ticket, Instant now, Consumer consumer) {
        return done("lease.reported", ticket, now, DEVICE, Map.of("address", consumer.address()));
    }

    static AuditEvent revoked(String guid, Instant now, String actor) {
        return AuditEvent.done("ticket.revoked", now, actor, guid, Map.of());
    }

    /** It ended unused, since the device attested a state later that was not accepted. */
    public static AuditEvent rejected(Ticket ticket, Instant now) {
        return done("ticket.rejected", ticket, now, DEVICE, facts(ticket));
    }

    static AuditEvent secondConsumer(Ticket ticket, TicketState.Ended ended, Instant now, Consumer consumer) {
        Map<String, String> facts = facts(ticket);
        facts.put("fetched", ended.fetchedAt().map(Instant::toString).orElse("never"));
        facts.put("ended", ended.at() + ", " + word(ended.how()));
        facts.put("userAgent", consumer.userAgent());
        facts.put("address", consumer.address());
        return AuditEvent.refused("ticket.second-consumer", now, DEVICE, Optional.of(ticket.guid().toString()), "forbidden", facts);
    }

    private static Map<String, String> facts(Ticket ticket) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("proof", ticket.proof().level().word());
        facts.put("means", word(ticket.proof().means()));
        put(facts, ticket.revisions());
        return facts;
    }

    /** Of several profiles, lowest first, each. */
    private static void put(Map<String, String> facts, List<ProfileRevision> revisions) {
        if (!revisions.isEmpty()) {
            facts.put("profile", revisions.stream().map(ProfileRevision::profile).collect(Collectors.joining(" ")));
            facts.put("revision", revisions.stream().map(revision -> revision.sha256().toHex()).collect(Collectors.joining(" ")));
        }
    }

    private static AuditEvent done(String id, Ticket ticket, Instant now, String actor, Map<String, String> facts) {
        return AuditEvent.done(id, now, actor, ticket.guid().toString(), facts);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package dev.slipway.ignition.ticket;

import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.TicketFacts;
import dev.slipway.ignition.ticket.ConfigRequest.Consumer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides what a request for a config gets: the config, or a refusal that says whether to wait or to give up.
 *
 * <p>Whatever is wrong with a ticket is one failure, {@link Forbidden}, with a cause for the operator. {@link NotYet}, {@link Busy},
 * {@link ConfigInvalid} and {@link Internal} let the device wait; a ticket lives on while its device does that.
 *
 * @see "Ignition, Operator notes; HTTP status codes"
 */
public final class ConfigService {

    private final TicketStore tickets;
    private final DeviceRepository devices;
    private final DeviceConfigs configs;
    private final Negotiation negotiation;
    private final TicketPolicy policy;
    private final RequestRate rate;
    private final WaitingDevices waiting;
    private final Clock clock;

    public ConfigService(
            TicketStore tickets,
            DeviceRepository devices,
            DeviceConfigs configs,
            ConfigChanges changes,
            Negotiation negotiation,
            TicketPolicy policy,
            Clock clock) {
        this.tickets = tickets;
        this.devices = devices;
        this.configs = configs;
        this.negotiation = negotiation;
        this.policy = policy;
        this.waiting = new WaitingDevices(changes);
        this.rate = new RequestRate(policy.requestsPerMinute());
        this.clock = clock;
    }

    /** When this gives a config, its lease is on disk, and every other request within that gets the same octets. */
    public ConfigAnswer serve(ConfigRequest request) {
        Optional<Ticket> ticket = Optional.empty();
        try {
            ticket = find(request.ticket());
            Ticket good = require(ticket);
            return serve(good, request, now());
        } catch (Failure cause) {
            return new ConfigAnswer.Refused(ticket.map(Ticket::guid), cause);
        }
    }

    private ConfigAnswer.Given serve(Ticket ticket, ConfigRequest request, Instant now) {
        TicketState.Live state = live(ticket, request.consumer(), now);
        try {
            rate.take(ticket.device(), now);
            return switch (state) {
                case TicketState.AwaitingApproval waiting -> throw new NotYet("the ticket waits for an operator's approval: ./slipway device approve");
                case TicketState.Unused unused -> first(ticket, request, now);
                case TicketState.Leased leased -> new ConfigAnswer.Given(
                        negotiation.forClient(tickets.leased(ticket.hash()), request.accept()), ticket.guid(), ticket.revisions());
            };
        } catch (NotYet | Busy | ConfigInvalid | Internal waiting) {
            extend(ticket, state, now);
            throw waiting;
        }
    }

    /** The machine says that it is what its config wants it to be, and its lease ends. It may say so again. Empty if that is believed. */
    public Optional<ConfigAnswer.Refused> report(Optional<TicketToken> token, Consumer consumer) {
        Optional<Ticket> ticket = Optional.empty();
        try {
            ticket = find(token);
            report(require(ticket), consumer, now());
            return Optional.empty();
        } catch (Failure cause) {
            return Optional.of(new ConfigAnswer.Refused(ticket.map(Ticket::guid), cause));
        }
    }

    private void report(Ticket ticket, Consumer consumer, Instant now) {
        boolean reported =
                switch (ticket.state().at(now)) {
                    case TicketState.Leased leased -> tickets.report(ticket.hash(), TicketEvents.reported(ticket, now, consumer));
                    case TicketState.Ended ended -> ended.how() == TicketState.End.REPORTED;
                    case TicketState.Live unfetched -> false;
                };
        if (!reported) {
            throw new Forbidden("a completion report without a lease");
        }
    }

    private Optional<Ticket> find(Optional<TicketToken> shown) {
        return shown.flatMap(token -> tickets.find(token.hash()));
    }

    private Ticket require(Optional<Ticket> found) {
        Ticket ticket = found.orElseThrow(() -> new Forbidden("no ticket, or one that is not known"));
        if (!ticket.audience().equals(policy.audience())) {
            throw new Forbidden("the ticket is for " + ticket.audience() + ", and this is " + policy.audience());
        }
        return ticket;
    }

    private TicketState.Live live(Ticket ticket, Consumer consumer, Instant now) {
        switch (ticket.state().at(now)) {
            case TicketState.Leased leased -> {
                return leased;
            }
            case TicketState.Live unfetched -> {
                return unfetched;
            }
            case TicketState.Ended ended -> {
                if (ended.fetchedAt().isPresent() && ticket.alarm().isEmpty()) {
                    tickets.alarm(
                            ticket.hash(),
                            new Ticket.Alarm(now, consumer.address()),
                            TicketEvents.secondConsumer(ticket, ended, now, consumer));
                }
                throw new Forbidden("the ticket has ended: " + ended.how().name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private ConfigAnswer.Given first(Ticket ticket, ConfigRequest request, Instant now) {
        waiting.requireNews(ticket.device(), now);
        Assigned assigned = waiting.remembering(ticket.device(), now, () -> assigned(ticket));
        DeviceConfig given = assigned.config();
        given.requireProof(ticket.proof().level());
        RenderedConfig config = negotiation.forClient(
                given.render(assigned.device(), ticket.guid(), ticket.statedSerial(), facts(request)), request.accept());
        if (request.lookOnly()) {
            return new ConfigAnswer.Given(config, ticket.guid(), given.revisions());
        }
        TicketState.Leased lease = new TicketState.Leased(now, now.plus(policy.lease()), request.consumer().address());
        RenderedConfig leased = tickets.lease(
                ticket.hash(), lease, given.revisions(), config, TicketEvents.leased(ticket, given.revisions(), config, now, request.consumer()));
        return new ConfigAnswer.Given(leased, ticket.guid(), given.revisions());
    }

    /** What a device is given, and the device as it was when that was decided. */
    private record Assigned(Device device, DeviceConfig config) {}

    private Assigned assigned(Ticket ticket) {
        Device device = devices.find(ticket.guid())
                .filter(found -> found.state() != DeviceState.RELEASED)
                .orElseThrow(() -> new Forbidden("the device is not ours any more"));
        return new Assigned(device, configs.of(device));
    }

    private TicketFacts facts(ConfigRequest request) {
        return request.ticket()
                .map(token -> TicketFacts.of(policy.doneUrl(), token.toHeader(), policy.certificates()))
                .orElse(TicketFacts.NONE);
    }

    /** Storage is asked only when half of the time has gone: devices ask every few seconds, for days. */
    private void extend(Ticket ticket, TicketState.Live state, Instant now) {
        Duration lifetime = ticket.proof().means().lifetime();
        if (!(state instanceof TicketState.Leased) && Duration.between(now, state.until()).compareTo(lifetime.dividedBy(2)) < 0) {
            tickets.extend(ticket.hash(), now.plus(lifetime));
        }
    }

    /** As exact as storage is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

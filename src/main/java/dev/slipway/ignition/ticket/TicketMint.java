package dev.slipway.ignition.ticket;

import dev.slipway.bytes.SecretBytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.OnboardingPlans;
import dev.slipway.ignition.PointerConfig;
import dev.slipway.ignition.RenderedConfig;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes tickets, and pointer configs with them; takes them back. What a ticket says is only in its pointer config. */
public final class TicketMint implements OnboardingPlans.Pointers {

    private static final String DEVICE = "device";

    private final TicketStore tickets;
    private final DeviceConfigs configs;
    private final PointerConfig pointer;
    private final TicketPolicy policy;
    private final RandomSource random;
    private final Clock clock;

    public TicketMint(
            TicketStore tickets, DeviceConfigs configs, PointerConfig pointer, TicketPolicy policy, RandomSource random, Clock clock) {
        this.tickets = tickets;
        this.configs = configs;
        this.pointer = pointer;
        this.policy = policy;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What an approval did.
     *
     * @param pointer with a new ticket; absent where one that the device has already was approved
     */
    public record Approval(Optional<RenderedConfig> pointer) {}

    /** {@inheritDoc} */
    @Override
    public RenderedConfig pointerFor(Device device, Guid guid, Optional<String> statedSerial, DeviceConfig given) {
        given.requireProof(Proof.ONBOARDED.level());
        Instant now = now();
        TicketToken token = TicketToken.random(random);
        TicketState state = new TicketState.Unused(now.plus(Proof.Means.TO2.lifetime()));
        mint(token, device, guid, statedSerial, Proof.ONBOARDED, state, now, DEVICE);
        return pointer.with(token.toHeader());
    }

    /**
     * A pointer config for an installer: the device that has it waits until an operator approves.
     *
     * @param form gives it the version that the installer's program takes; when it throws, nothing is minted
     * @throws Forbidden if the profile wants more proof than an approval
     * @throws Conflict if the device is not ours any more
     */
    public RenderedConfig awaitingApproval(Device device, String actor, UnaryOperator<RenderedConfig> form) {
        Instant now = now();
        TicketState state = new TicketState.AwaitingApproval(now.plus(Proof.Means.APPROVAL.lifetime()));
        return mintForOperator(device, state, now, actor, form);
    }

    /**
     * Lets a device have its config: the ticket that waits for this is good from now on; where there is none, one is made. Where the profile
     * wants more than that, a device that had its config may prove once more what the profile wants.
     *
     * @throws Forbidden if the profile wants more proof than an approval, or the device's key in a TPM
     * @throws Conflict if the device is not ours any more
     */
    public Approval approve(Device device, String actor) {
        Instant now = now();
        TicketState.Unused good = new TicketState.Unused(now.plus(Proof.Means.APPROVAL.lifetime()));
        Optional<Ticket> waiting = tickets.of(device.id()).stream()
                .filter(ticket -> ticket.state().at(now) instanceof TicketState.AwaitingApproval)
                .filter(ticket -> ticket.audience().equals(policy.audience()))
                .findFirst();
        if (waiting.isPresent() && tickets.approve(waiting.get().hash(), good, TicketEvents.approved(waiting.get(), now, actor))) {
            return new Approval(Optional.empty());
        }
        if (mayOnlyProveOnceMore(device)) {
            requireOurs(device);
            configs.of(device).requireTpm();
            // Nobody ever sees its token: it only is newer than the one that ended.
            mint(TicketToken.random(random), device, device.latestGuid(), Optional.empty(), Proof.APPROVED, good, now, actor);
            return new Approval(Optional.empty());
        }
        return new Approval(Optional.of(mintForOperator(device, good, now, actor, UnaryOperator.identity())));
    }

    /**
     * A ticket for a device whose TPM quoted: its octets, which the device shows in base64url without padding. They are to be wrapped for
     * the device's TPM.
     *
     * @param given what it is to get; empty where nobody has decided that: its ticket waits with it
     * @param proof what the quote proves
     * @throws Forbidden if the profile wants more; or if the machine is done, or its last ticket was revoked, and no operator approved it since
     * @throws Conflict if the device is not ours any more
     */
    public SecretBytes attested(Device device, Optional<DeviceConfig> given, Proof proof) {
        requireOurs(device);
        requireNotDone(device);
        given.ifPresent(config -> config.requireProof(proof.level()));
        Instant now = now();
        TicketToken token = TicketToken.random(random);
        TicketState state = new TicketState.Unused(now.plus(Proof.Means.ATTESTATION.lifetime()));
        mint(token, device, device.latestGuid(), Optional.empty(), proof, state, now, DEVICE);
        return token.octets();
    }

    /** @return how many tickets the device had that were alive */
    public int revoke(Device device, String actor) {
        return tickets.revoke(device.id(), TicketEvents.revoked(device.latestGuid().toString(), now(), actor));
    }

    private RenderedConfig mintForOperator(
            Device device, TicketState state, Instant now, String actor, UnaryOperator<RenderedConfig> form) {
        requireOurs(device);
        TicketToken token = TicketToken.random(random);
        RenderedConfig config = form.apply(pointer.with(token.toHeader()));
        requireProof(device, Proof.APPROVED);
        mint(token, device, device.latestGuid(), Optional.empty(), Proof.APPROVED, state, now, actor);
        return config;
    }

    private static void requireOurs(Device device) {
        if (device.state() == DeviceState.RELEASED) {
            throw new Conflict("the device is somebody else's: its voucher was extended to another owner");
        }
    }

    private void requireNotDone(Device device) {
        newest(device).filter(TicketMint::isDone).ifPresent(ticket -> {
            boolean revoked = ((TicketState.Ended) ticket.state()).how() == TicketState.End.REVOKED;
            throw new Forbidden("the device's last ticket " + (revoked ? "was revoked" : "ended when the machine reported that it is done")
                    + "; ./slipway device approve " + device.latestGuid() + " lets it have its config once more");
        });
    }

    private Optional<Ticket> newest(Device device) {
        return tickets.of(device.id()).stream().findFirst();
    }

    /** Whether it ended by what somebody said, and not by another ticket or by itself. */
    private static boolean isDone(Ticket ticket) {
        return ticket.state() instanceof TicketState.Ended ended
                && (ended.how() == TicketState.End.REPORTED || ended.how() == TicketState.End.REVOKED);
    }

    /**
     * Whether an approval is too little for the profile, and all it can do is to take back the end of the device's last ticket; also where it
     * did so before.
     */
    private boolean mayOnlyProveOnceMore(Device device) {
        boolean wasDone = tickets.of(device.id()).stream()
                .dropWhile(ticket -> ticket.proof().equals(Proof.APPROVED) && !isDone(ticket))
                .findFirst()
                .filter(TicketMint::isDone)
                .isPresent();
        return wasDone && !suffices(device, Proof.APPROVED);
    }

    private boolean suffices(Device device, Proof proof) {
        try {
            requireProof(device, proof);
            return true;
        } catch (Forbidden tooLittle) {
            return false;
        }
    }

    private void mint(
            TicketToken token, Device device, Guid guid, Optional<String> statedSerial, Proof proof, TicketState state, Instant now, String actor) {
        Ticket ticket = new Ticket(
                token.hash(), device.id(), guid, statedSerial, List.of(), policy.audience(), proof, now, state, Optional.empty());
        tickets.mint(ticket, TicketEvents.minted(ticket, actor));
    }

    /** Where nobody has decided yet what the device gets, this is asked when it fetches, as it is then again in any case. */
    private void requireProof(Device device, Proof proof) {
        try {
            configs.of(device).requireProof(proof.level());
        } catch (NotYet undecided) {
            // Its ticket waits with it.
        }
    }

    /** As exact as storage is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

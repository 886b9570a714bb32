package dev.slipway.fdo.serviceinfo;

import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.ServiceInfoKeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The owner's side of the service info loop: first the device says what it is, then the plan's modules run, one after the other.
 *
 * <p>While the device has more to say the owner is silent. The owner never says that it has more itself, and says that it is done in a
 * message without service info: each of the two confuses some client otherwise.
 *
 * @see "FIDO Device Onboard 1.1, TO2.DeviceServiceInfo and TO2.OwnerServiceInfo"
 */
public final class OwnerServiceInfo {

    /** A device that has not answered by then will not. */
    private static final int MAX_IDLE_ROUNDS = 100;

    private static final String ACTIVE = "active";

    private final Plan.Source plans;
    private final int maxRounds;

    /** @param maxRounds of messages with one device; 65536 are enough for 32 MiB at the default message size */
    public OwnerServiceInfo(Plan.Source plans, int maxRounds) {
        this.plans = plans;
        this.maxRounds = maxRounds;
    }

    /** @param done whether everything is done; then there is no service info in it */
    public record Turn(ServiceInfoProgress progress, List<ServiceInfoKeyValue> serviceInfo, boolean done) {}

    /**
     * Takes what a device sent, and answers.
     *
     * @param isMore whether the device has more to send at once
     * @param maxOctets of service info in the answer
     */
    public Turn take(Guid guid, ServiceInfoProgress before, boolean isMore, List<ServiceInfoKeyValue> received, int maxOctets) {
        if (before.rounds() >= maxRounds) {
            throw new Invalid("more than " + maxRounds + " rounds of service info");
        }
        ServiceInfoProgress progress = receive(before, isMore, received);
        if (isMore) {
            return new Turn(progress, List.of(), false);
        }
        if (progress.plan().isEmpty()) {
            progress = progress.with(plans.planFor(guid, progress.devmod()));
        }
        return send(progress, maxOctets);
    }

    private static ServiceInfoProgress receive(ServiceInfoProgress before, boolean isMore, List<ServiceInfoKeyValue> received) {
        List<ServiceInfoMessage> messages = new ArrayList<>();
        Reassembly reassembly = before.reassembly();
        for (ServiceInfoKeyValue keyValue : received) {
            reassembly = reassembly.take(keyValue, messages);
        }
        ServiceInfoProgress progress = before.nextRound(reassembly);
        for (ServiceInfoMessage message : messages) {
            progress = receive(progress, isMore, message);
        }
        return progress;
    }

    private static ServiceInfoProgress receive(ServiceInfoProgress progress, boolean isMore, ServiceInfoMessage message) {
        if (message.module().equals(Devmod.MODULE)) {
            return receiveDevmod(progress, isMore, message);
        }
        Optional<OwnerModule> current = progress.module().filter(module -> module.name().equals(message.module()));
        if (current.isEmpty() || progress.stepProgress().isEmpty()) {
            return progress;
        }
        if (message.message().equals(ACTIVE)) {
            return message.value().bool() ? progress : progress.skippingStep(message.module() + ": refused by the device");
        }
        return progress.with(current.get().receive(progress.stepProgress().get(), message));
    }

    /** A client that repeats its devmod in every message is let do so; one that begins again after it had finished is not. */
    private static ServiceInfoProgress receiveDevmod(ServiceInfoProgress progress, boolean isMore, ServiceInfoMessage message) {
        if (progress.plan().isEmpty()) {
            return progress.with(progress.devmod().with(message));
        }
        if (isMore) {
            throw new Invalid("devmod again, with more to come, after it was complete");
        }
        return progress;
    }

    private static Turn send(ServiceInfoProgress before, int maxOctets) {
        ServiceInfoProgress progress = before;
        while (progress.module().isPresent()) {
            OwnerModule module = progress.module().get();
            if (!progress.devmod().modules().contains(module.name())) {
                progress = progress.skippingStep(module.name() + ": not among the device's modules");
            } else if (progress.stepProgress().filter(StepProgress::finished).isPresent()) {
                progress = progress.nextStep();
            } else if (progress.idleRounds() > MAX_IDLE_ROUNDS) {
                progress = progress.skippingStep(module.name() + ": no answer from the device");
            } else {
                return send(progress, module, maxOctets);
            }
        }
        return new Turn(progress, List.of(), true);
    }

    /** Each message that uses a module activates it first: one client forgets between messages which are active. */
    private static Turn send(ServiceInfoProgress progress, OwnerModule module, int maxOctets) {
        ServiceInfoBatch batch = new ServiceInfoBatch(maxOctets);
        batch.add(ServiceInfoKeyValue.of(module.name() + ":" + ACTIVE, new CborWriter().bool(true)));
        StepProgress step = module.send(progress.stepProgress().orElseGet(module::begin), batch);
        boolean idle = batch.serviceInfo().size() == 1;
        return new Turn(progress.sent(step, idle), idle ? List.of() : batch.serviceInfo(), false);
    }
}

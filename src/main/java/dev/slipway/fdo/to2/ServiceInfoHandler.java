package dev.slipway.fdo.to2;

import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.OutOfSequence;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.serviceinfo.OwnerServiceInfo;
import dev.slipway.fdo.serviceinfo.ServiceInfoProgress;
import dev.slipway.fdo.session.Step;
import java.util.List;
import java.util.Optional;

/** TO2.DeviceServiceInfoReady (66) → 67, and TO2.DeviceServiceInfo (68) → 69. */
final class ServiceInfoHandler {

    private static final int DEFAULT_SIZE = 1300;
    private static final int MIN_SIZE = 256;
    /** What fits in one message, with everything around it. */
    private static final int MAX_SIZE = 65_000;
    /** What we take in one 68. */
    private static final int MAX_DEVICE_SERVICE_INFO_SIZE = 8192;

    private final OwnerServiceInfo serviceInfo;

    ServiceInfoHandler(OwnerServiceInfo serviceInfo) {
        this.serviceInfo = serviceInfo;
    }

    Step begin(To2State.DeviceProven state, To2.DeviceServiceInfoReady message) {
        return new Step(
                new To2State.ExchangingServiceInfo(
                        state.device(), message.replacementHmac(), size(message.maxOwnerServiceInfoSize()), ServiceInfoProgress.BEGIN),
                new To2.OwnerServiceInfoReady(Optional.of(MAX_DEVICE_SERVICE_INFO_SIZE)));
    }

    private static int size(Optional<Integer> announced) {
        return announced.filter(size -> size != 0)
                .map(size -> Math.clamp(size, MIN_SIZE, MAX_SIZE))
                .orElse(DEFAULT_SIZE);
    }

    Step exchange(To2State.ProvenState state, To2.DeviceServiceInfo message) {
        return switch (state) {
            case To2State.ExchangingServiceInfo s -> exchange(s, message);
            case To2State.ServiceInfoDone s -> stayDone(s, message);
            case To2State.DeviceProven s -> throw new OutOfSequence("service info before it was agreed on");
        };
    }

    private Step exchange(To2State.ExchangingServiceInfo state, To2.DeviceServiceInfo message) {
        OwnerServiceInfo.Turn turn = serviceInfo.take(
                state.device().guid(),
                state.progress(),
                message.isMoreServiceInfo(),
                message.serviceInfo(),
                state.maxOwnerServiceInfoSize());
        To2State next = turn.done()
                ? new To2State.ServiceInfoDone(state.device(), state.replacementHmac(), turn.progress().skipped())
                : new To2State.ExchangingServiceInfo(
                        state.device(), state.replacementHmac(), state.maxOwnerServiceInfoSize(), turn.progress());
        return new Step(next, new To2.OwnerServiceInfo(false, turn.done(), turn.serviceInfo()));
    }

    /** Some clients send one message more, with what was left over. One that begins again is refused. */
    private static Step stayDone(To2State.ServiceInfoDone state, To2.DeviceServiceInfo message) {
        if (message.isMoreServiceInfo()) {
            throw new Invalid("more service info after the owner was done");
        }
        return new Step(state, new To2.OwnerServiceInfo(false, true, List.of()));
    }
}

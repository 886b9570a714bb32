package dev.slipway.fdo.to2;

import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.serviceinfo.OwnerServiceInfo;
import dev.slipway.fdo.session.Exchange;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.RandomSource;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The owner's side of TO2: which message is answered in which state. */
@Singleton
public final class To2Dispatcher {

    private final HelloDeviceHandler helloDevice;
    private final GetOvNextEntryHandler getOvNextEntry = new GetOvNextEntryHandler();
    private final ProveDeviceHandler proveDevice;
    private final ServiceInfoHandler serviceInfo;
    private final DoneHandler done;

    public To2Dispatcher(
            CredentialPolicy policy,
            OwnerKeys ownerKeys,
            Announcer announcer,
            OwnerServiceInfo ownerServiceInfo,
            Onboarding.Repository onboardings,
            Admission admission,
            RandomSource random,
            Clock clock) {
        this.helloDevice = new HelloDeviceHandler(onboardings, admission, ownerKeys, random);
        this.proveDevice = new ProveDeviceHandler(policy, ownerKeys, onboardings, random, clock);
        this.serviceInfo = new ServiceInfoHandler(ownerServiceInfo);
        this.done = new DoneHandler(ownerKeys, announcer, onboardings, clock);
    }

    public Step handle(Exchange exchange, To2.FromDevice message) {
        return switch (message) {
            case To2.HelloDevice m -> helloDevice.open(m, exchange.received());
            case To2.GetOvNextEntry m -> getOvNextEntry.answer(exchange.in(To2State.VoucherOffered.class), m);
            case To2.ProveDevice m -> proveDevice.setup(exchange.in(To2State.VoucherOffered.class), m);
            case To2.DeviceServiceInfoReady m -> serviceInfo.begin(exchange.in(To2State.DeviceProven.class), m);
            case To2.DeviceServiceInfo m -> serviceInfo.exchange(exchange.in(To2State.ProvenState.class), m);
            case To2.Done m -> done.complete(exchange.in(To2State.ServiceInfoDone.class), m);
        };
    }
}

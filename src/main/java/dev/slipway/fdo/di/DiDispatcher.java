package dev.slipway.fdo.di;

import dev.slipway.fdo.key.DeviceCa;
import dev.slipway.fdo.key.ManufacturerKeys;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.ProvenKeys;
import dev.slipway.fdo.message.Di;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.session.Exchange;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.FirstEntryEvidence;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The manufacturer's side of device initialisation: which message is answered in which state. */
@Singleton
public final class DiDispatcher {

    private final AppStartHandler appStart;
    private final SetHmacHandler setHmac;

    public DiDispatcher(
            ManufacturingPolicy policy,
            ManufacturerKeys manufacturerKeys,
            OwnerKeys ownerKeys,
            DeviceCa deviceCa,
            ProvenKeys provenKeys,
            FirstEntryEvidence evidence,
            Announcer announcer,
            ManufacturedDevice.Repository devices,
            RandomSource random,
            Clock clock) {
        this.appStart = new AppStartHandler(policy, manufacturerKeys, deviceCa, provenKeys, random);
        this.setHmac = new SetHmacHandler(policy.firstOwner(), manufacturerKeys, ownerKeys, evidence, announcer, devices, clock);
    }

    public Step handle(Exchange exchange, Di.FromDevice message) {
        return switch (message) {
            case Di.AppStart m -> appStart.open(m, exchange.tpm());
            case Di.SetHmac m -> setHmac.complete(exchange.in(DiState.CredentialsSet.class), m);
        };
    }
}

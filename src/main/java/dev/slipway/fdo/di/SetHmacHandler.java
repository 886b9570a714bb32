package dev.slipway.fdo.di;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.ManufacturerKeys;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.message.Di;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.session.Finished;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import dev.slipway.fdo.voucher.VoucherVerifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** DI.SetHMAC (12) → DI.Done (13): completes the voucher, extends it to our owner key, registers it, and stores all that. */
final class SetHmacHandler {

    private final ManufacturerKeys manufacturerKeys;
    private final OwnerKeys ownerKeys;
    private final VoucherVerifier verifier;
    private final Announcer announcer;
    private final ManufacturedDevice.Repository devices;
    private final Clock clock;

    SetHmacHandler(
            ManufacturerKeys manufacturerKeys,
            OwnerKeys ownerKeys,
            VoucherVerifier verifier,
            Announcer announcer,
            ManufacturedDevice.Repository devices,
            Clock clock) {
        this.manufacturerKeys = manufacturerKeys;
        this.ownerKeys = ownerKeys;
        this.verifier = verifier;
        this.announcer = announcer;
        this.devices = devices;
        this.clock = clock;
    }

    Step complete(DiState.CredentialsSet state, Di.SetHmac message) {
        Instant now = clock.instant();
        OwnershipVoucher made = OwnershipVoucher.of(state.header(), message.hmac(), state.deviceChain());
        KeyType keyType = made.header().value().manufacturerKey().type();
        SigningKey owner = ownerKeys.of(keyType);
        VerifiedVoucher voucher =
                VoucherExtender.extend(verifier.verify(made, now), manufacturerKeys.of(keyType), owner.publicKey());
        RendezvousBlob blob = announcer.announce(voucher, owner);
        Bytes deviceKey = Bytes.owning(state.deviceChain().leafKey().getEncoded());
        AuditEvent event = AuditEvent.done(
                "di.completed",
                now,
                "device",
                voucher.guid().toString(),
                Map.of("serial", state.serial(), "deviceInfo", made.header().value().deviceInfo(), "keyType", keyType.name()));
        devices.store(new ManufacturedDevice(state.serial(), deviceKey, voucher, blob, event));
        return new Step(new Finished(state.guid()), new Di.Done());
    }
}

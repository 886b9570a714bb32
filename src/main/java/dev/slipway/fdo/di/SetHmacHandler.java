package dev.slipway.fdo.di;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.ManufacturerKeys;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.message.Di;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.session.Finished;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.EntryExtra;
import dev.slipway.fdo.voucher.FirstEntryEvidence;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import dev.slipway.fdo.voucher.VoucherState;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** DI.SetHMAC (12) → DI.Done (13): completes the voucher, extends it to its first owner, registers it if that is us, and stores all that. */
final class SetHmacHandler {

    private final FirstOwner firstOwner;
    private final ManufacturerKeys manufacturerKeys;
    private final OwnerKeys ownerKeys;
    private final FirstEntryEvidence evidence;
    private final Announcer announcer;
    private final ManufacturedDevice.Repository devices;
    private final Clock clock;

    SetHmacHandler(
            FirstOwner firstOwner,
            ManufacturerKeys manufacturerKeys,
            OwnerKeys ownerKeys,
            FirstEntryEvidence evidence,
            Announcer announcer,
            ManufacturedDevice.Repository devices,
            Clock clock) {
        this.firstOwner = firstOwner;
        this.manufacturerKeys = manufacturerKeys;
        this.ownerKeys = ownerKeys;
        this.evidence = evidence;
        this.announcer = announcer;
        this.devices = devices;
        this.clock = clock;
    }

    /** What a finished initialisation leads to. */
    private record Placed(VerifiedVoucher voucher, VoucherState state, Announcement announcement) {}

    Step complete(DiState.CredentialsSet state, Di.SetHmac message) {
        Instant now = clock.instant();
        OwnershipVoucher made = OwnershipVoucher.of(state.header(), message.hmac(), state.deviceChain());
        Placed placed = place(VerifiedVoucher.initialized(made));
        Bytes deviceKey = Bytes.owning(state.deviceChain().leafKey().getEncoded());
        KeyType keyType = made.header().value().manufacturerKey().type();
        AuditEvent event = AuditEvent.done(
                "di.completed",
                now,
                "device",
                made.guid().toString(),
                Map.of(
                        "serial", state.serial(),
                        "deviceInfo", made.header().value().deviceInfo(),
                        "keyType", keyType.name(),
                        "voucher", placed.state().name().toLowerCase(Locale.ROOT)));
        devices.store(new ManufacturedDevice(state.serial(), deviceKey, placed.voucher(), placed.state(), placed.announcement(), event));
        return new Step(new Finished(state.guid()), new Di.Done());
    }

    private Placed place(VerifiedVoucher made) {
        SigningKey manufacturer = manufacturerKeys.of(made.ownerKey().type());
        EntryExtra extra = evidence.of(made.voucher());
        return switch (firstOwner) {
            case FirstOwner.Ourselves ourselves -> {
                SigningKey owner = ownerKeys.of(manufacturer.type());
                VerifiedVoucher extended = VoucherExtender.extend(made, manufacturer, owner.publicKey(), extra);
                yield new Placed(extended, VoucherState.ACTIVE, announcer.announce(extended, owner));
            }
            case FirstOwner.Other other -> new Placed(
                    VoucherExtender.extend(made, manufacturer, keyOf(other, manufacturer.type()), extra), VoucherState.RELEASED, Announcement.NONE);
            case FirstOwner.Nobody nobody -> new Placed(made, VoucherState.HELD, Announcement.NONE);
        };
    }

    private static PublicKey keyOf(FirstOwner.Other owner, KeyType type) {
        return owner.keys().stream().filter(key -> key.type() == type).findFirst().orElseThrow();
    }
}

package dev.slipway.fdo.owner;

import dev.slipway.audit.AuditEvent;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.key.ManufacturerKeys;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.FirstEntryEvidence;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import dev.slipway.fdo.voucher.VoucherState;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Hands a device on to its next owner. */
public final class VoucherHandover {

    private final ManufacturerKeys manufacturerKeys;
    private final OwnerKeys ownerKeys;
    private final Announcer announcer;
    private final VoucherStore store;
    private final FirstEntryEvidence evidence;
    private final Clock clock;

    public VoucherHandover(
            ManufacturerKeys manufacturerKeys, OwnerKeys ownerKeys, Announcer announcer, VoucherStore store, FirstEntryEvidence evidence, Clock clock) {
        this.manufacturerKeys = manufacturerKeys;
        this.ownerKeys = ownerKeys;
        this.announcer = announcer;
        this.store = store;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * Extends the voucher and stores the result. From then on the device is the next owner's: we neither register nor onboard it. If that is
     * us, by another of our keys, we make ourselves known by that one: a device believes the last owner of its voucher only.
     *
     * @throws NotFound if there is no such voucher
     * @throws Conflict if it is not ours to extend, or {@code next} is of another kind than its keys
     */
    public VerifiedVoucher extend(Guid guid, PublicKey next, String actor) {
        StoredVoucher stored = store.find(guid).orElseThrow(() -> new NotFound("there is no voucher for " + guid));
        switch (stored.state()) {
            case ACTIVE, HELD -> {}
            case RELEASED -> throw new Conflict(
                    "the voucher for " + guid + " is somebody else's already: " + stored.voucher().ownerKey().fingerprint());
            case RETIRED -> throw new Conflict("the device " + guid + " has another GUID now; extend the voucher of that one");
        }
        SigningKey owner = key(stored.voucher().ownerKey())
                .orElseThrow(() -> new Conflict("the key of the voucher's owner is not here: " + stored.voucher().ownerKey().fingerprint()));
        VerifiedVoucher extended = VoucherExtender.extend(stored.voucher(), owner, next, evidence.of(stored.voucher().voucher()));
        AuditEvent event = AuditEvent.done("voucher.extended", clock.instant(), actor, guid.toString(), Map.of("to", next.fingerprint()));
        Optional<SigningKey> ours = ownerKeys.find(next);
        VoucherState state = ours.isPresent() ? VoucherState.ACTIVE : VoucherState.RELEASED;
        Announcement announcement = ours.map(key -> announcer.announce(extended, key)).orElse(Announcement.NONE);
        store.extend(stored, extended, state, announcement, event);
        return extended;
    }

    private Optional<SigningKey> key(PublicKey owner) {
        return ownerKeys.find(owner).or(() -> manufacturerKeys.find(owner));
    }
}

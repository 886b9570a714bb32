package dev.slipway.fdo.owner;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.VoucherRejected;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import java.util.List;
import java.util.Optional;

/** Makes our registrations at our own rendezvous service anew when devices find us elsewhere: each is signed with the addresses in it. */
public final class Reannouncer {

    private static final int AT_ONCE = 200;

    private final OwnBlobs blobs;
    private final VoucherStore vouchers;
    private final OwnerKeys ownerKeys;
    private final Announcer announcer;

    public Reannouncer(OwnBlobs blobs, VoucherStore vouchers, OwnerKeys ownerKeys, Announcer announcer) {
        this.blobs = blobs;
        this.vouchers = vouchers;
        this.ownerKeys = ownerKeys;
        this.announcer = announcer;
    }

    /**
     * Nothing, where all tell today's addresses. If it is interrupted, it begins again the next time.
     *
     * @return how many registrations there were
     */
    public int renew() {
        Bytes today = announcer.addresses().encode();
        if (blobs.addresses().filter(today::equals).isPresent()) {
            return 0;
        }
        int count = 0;
        Optional<Guid> last = Optional.empty();
        for (List<Guid> page = blobs.list(last, AT_ONCE); !page.isEmpty(); page = blobs.list(last, AT_ONCE)) {
            blobs.replace(page.stream().map(this::announced).flatMap(Optional::stream).toList());
            count += page.size();
            last = Optional.of(page.get(page.size() - 1));
        }
        blobs.setAddresses(today);
        return count;
    }

    private Optional<RendezvousBlob> announced(Guid guid) {
        return vouchers.find(guid).filter(stored -> stored.state() == VoucherState.ACTIVE).map(StoredVoucher::voucher).flatMap(this::announced);
    }

    /** Empty where we could not register any more: its key is gone, or the device's certificate has expired. */
    private Optional<RendezvousBlob> announced(VerifiedVoucher voucher) {
        try {
            return ownerKeys.find(voucher.ownerKey()).map(owner -> announcer.register(voucher, owner));
        } catch (VoucherRejected e) {
            return Optional.empty();
        }
    }
}

package dev.slipway.fdo.owner;

import dev.slipway.audit.AuditEvent;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where vouchers are kept, as an operator sees them. */
public interface VoucherStore {

    /**
     * A voucher to be taken in.
     *
     * @param announcement where we make ourselves known as its owner
     */
    record Imported(VerifiedVoucher voucher, boolean trusted, Announcement announcement, AuditEvent event) {}

    /** What adding a voucher came to. */
    sealed interface Added {

        /** It is stored, and its GUID was not known. */
        record New() implements Added {}

        /** It is stored in the place of one that we handed on. */
        record Returned(StoredVoucher before) implements Added {}

        /** Nothing changed; this one is there. */
        record Known(StoredVoucher other) implements Added {}
    }

    /** A place in the list, which is in the order of time, newest first. */
    record Position(Instant since, Guid guid) {}

    /**
     * The voucher under a GUID, in any state.
     *
     * @throws dev.slipway.failure.Failure.Conflict if it was retired so long ago that there is no more of it than its GUID
     */
    Optional<StoredVoucher> find(Guid guid);

    /**
     * The next vouchers of the list.
     *
     * @param after empty for its beginning
     */
    List<ListedVoucher> list(Optional<Position> after, int limit);

    /**
     * Stores a voucher, with its device and its announcement; on disk when the future completes. Where its GUID is known, it takes the place
     * of a voucher that we handed on and that it {@linkplain dev.slipway.fdo.voucher.OwnershipVoucher#continues continues}: the device came
     * back to us. Any other voucher stays as it is. Fails with {@link dev.slipway.failure.Failure.OwnerSignatureRejected} if a later owner is
     * registered here, with {@link dev.slipway.failure.Failure.Conflict} if a voucher of that GUID was retired long ago.
     */
    CompletableFuture<Added> add(Imported imported);

    /**
     * Puts a voucher with one more entry in the place of the one it extends, and its announcement in the place of all earlier ones; on disk
     * when this returns.
     *
     * @throws dev.slipway.failure.Failure.Conflict if the voucher is not, or no more, the one that was extended
     */
    void extend(StoredVoucher before, VerifiedVoucher extended, VoucherState state, Announcement announcement, AuditEvent event);
}

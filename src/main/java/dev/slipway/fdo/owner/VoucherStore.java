package dev.slipway.fdo.owner;

import dev.slipway.audit.AuditEvent;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where vouchers are kept, as an operator sees them. */
public interface VoucherStore {

    /**
     * A voucher to be taken in.
     *
     * @param servers the rendezvous servers where its owner is to be made known
     */
    record Imported(VerifiedVoucher voucher, boolean trusted, List<URI> servers, AuditEvent event) {}

    /** A place in the list, which is in the order of time, newest first. */
    record Position(Instant since, Guid guid) {}

    /** The voucher under a GUID, in any state. */
    Optional<StoredVoucher> find(Guid guid);

    /**
     * The next vouchers of the list.
     *
     * @param after empty for its beginning
     */
    List<StoredVoucher> list(Optional<Position> after, int limit);

    /**
     * Stores a voucher, with its device and the registrations to be made; on disk when the future completes. Changes nothing where its GUID
     * is known.
     *
     * @return the voucher that is there already, if so
     */
    CompletableFuture<Optional<StoredVoucher>> add(Imported imported);

    /**
     * Puts a voucher with one more entry in the place of the one it extends; on disk when this returns. Registrations and the right to
     * onboard go with it, unless it is still ours.
     *
     * @throws dev.slipway.failure.Failure.Conflict if the voucher is not, or no more, the one that was extended
     */
    void extend(StoredVoucher before, VerifiedVoucher extended, VoucherState state, AuditEvent event);
}

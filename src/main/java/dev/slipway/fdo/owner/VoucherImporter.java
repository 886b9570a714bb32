package dev.slipway.fdo.owner;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Failure.OwnerSignatureRejected;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.owner.ImportReport.Outcome;
import dev.slipway.fdo.owner.VoucherStore.Added;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherCheck.Result;
import dev.slipway.fdo.voucher.VoucherCheck;
import dev.slipway.fdo.voucher.VoucherReport;
import dev.slipway.fdo.voucher.VoucherTrust;
import dev.slipway.fdo.voucher.VoucherVerifier;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Takes in vouchers that others made, if they are in order and ours. */
public final class VoucherImporter {

    private static final String KNOWN = "voucher.known";

    private final VoucherVerifier verifier;
    private final VoucherTrust trust;
    private final OwnerKeys ownerKeys;
    private final Announcer announcer;
    private final VoucherStore store;
    private final AuditLog audit;
    private final boolean onboards;
    private final Clock clock;

    /** @param onboards whether there is an owner role here, which imported vouchers are for */
    public VoucherImporter(
            VoucherVerifier verifier,
            VoucherTrust trust,
            OwnerKeys ownerKeys,
            Announcer announcer,
            VoucherStore store,
            AuditLog audit,
            boolean onboards,
            Clock clock) {
        this.verifier = verifier;
        this.trust = trust;
        this.ownerKeys = ownerKeys;
        this.announcer = announcer;
        this.store = store;
        this.audit = audit;
        this.onboards = onboards;
        this.clock = clock;
    }

    /**
     * The report completes when the voucher is on disk, or the event of its refusal.
     *
     * @param encoded the CBOR of one voucher
     * @param actor who uploads it
     */
    public CompletableFuture<ImportReport> take(Bytes encoded, String actor) {
        OwnershipVoucher voucher;
        try {
            voucher = OwnershipVoucher.decode(encoded);
        } catch (Failure.Malformed | Failure.Invalid | Failure.TooLarge e) {
            return malformed(e, actor);
        }
        VoucherReport report = with(examine(voucher), role());
        return report.passed() ? store(voucher, report, actor) : refused(voucher, report, Optional.empty(), actor);
    }

    private VoucherCheck role() {
        return onboards
                ? VoucherCheck.passed("voucher.role", "devices are onboarded here")
                : VoucherCheck.failed("voucher.role", "a service with the role owner; see slipway.roles", "no such role here");
    }

    /** Every check that an import makes of the voucher itself. */
    public VoucherReport examine(OwnershipVoucher voucher) {
        return new VoucherReport(List.of(VoucherCheck.passed("voucher.format", voucher.encoded().length() + " octets")))
                .and(verifier.examine(voucher, clock.instant()))
                .and(trust.examine(voucher))
                .and(new VoucherReport(List.of(
                        hasEntry(voucher),
                        ownerKey(voucher),
                        VoucherCheck.notApplicable("voucher.hmac", "only the device has the secret to check it"))));
    }

    private static VoucherCheck hasEntry(OwnershipVoucher voucher) {
        int count = voucher.entries().size();
        return count > 0
                ? VoucherCheck.passed("voucher.entries", Integer.toString(count))
                : VoucherCheck.failed("voucher.entries", "at least one: its maker has to extend it to us", "no entry");
    }

    private VoucherCheck ownerKey(OwnershipVoucher voucher) {
        PublicKey owner = voucher.ownerKey();
        return ownerKeys.find(owner).isPresent()
                ? VoucherCheck.passed("voucher.owner-key", owner.fingerprint())
                : VoucherCheck.failed("voucher.owner-key", "one of ours; see ./slipway owner-key list", owner.fingerprint());
    }

    private CompletableFuture<ImportReport> store(OwnershipVoucher voucher, VoucherReport report, String actor) {
        Instant now = clock.instant();
        VerifiedVoucher verified = VerifiedVoucher.of(voucher, report);
        Announcement announcement = announcer.announce(verified, ownerKeys.find(voucher.ownerKey()).orElseThrow());
        boolean trusted = !report.has(Result.NOTED);
        AuditEvent event = AuditEvent.done(
                "voucher.imported",
                now,
                actor,
                voucher.guid().toString(),
                Map.of("sha256", sha256(voucher), "owners", Integer.toString(voucher.entries().size()), "trusted", Boolean.toString(trusted)));
        return store.add(new VoucherStore.Imported(verified, trusted, announcement, event))
                .handle((added, failure) -> failure == null ? report(voucher, report, added, actor) : spent(voucher, report, failure, actor))
                .thenCompose(outcome -> outcome);
    }

    private CompletableFuture<ImportReport> report(OwnershipVoucher voucher, VoucherReport report, Added added, String actor) {
        return switch (added) {
            case Added.New isNew -> imported(voucher, report, "new GUID");
            case Added.Returned returned -> imported(voucher, report, "the one that we handed on, with " + more(returned.before(), voucher));
            case Added.Known known -> compare(voucher, report, known.other(), actor);
        };
    }

    /** It is an old copy: our own rendezvous service has heard of a later owner, or the device has had another voucher for long. */
    private CompletableFuture<ImportReport> spent(OwnershipVoucher voucher, VoucherReport report, Throwable failure, String actor) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return switch (cause) {
            case OwnerSignatureRejected later -> {
                VoucherCheck check = VoucherCheck.failed("voucher.rendezvous", "no later owner at our rendezvous service", later.getMessage());
                yield refused(voucher, with(report, check), Optional.empty(), actor);
            }
            case Conflict retired ->
                refused(voucher, with(report, VoucherCheck.failed(KNOWN, "a GUID that is new", retired.getMessage())), Optional.empty(), actor);
            default -> CompletableFuture.failedFuture(cause);
        };
    }

    private static String more(StoredVoucher before, OwnershipVoucher now) {
        return now.entries().size() + " entries instead of " + before.voucher().voucher().entries().size() + ": the device comes back";
    }

    private static CompletableFuture<ImportReport> imported(OwnershipVoucher voucher, VoucherReport report, String why) {
        VoucherCheck known = VoucherCheck.passed(KNOWN, why);
        return CompletableFuture.completedFuture(
                new ImportReport(Outcome.IMPORTED, Optional.of(voucher), with(report, known), Optional.empty()));
    }

    private CompletableFuture<ImportReport> compare(OwnershipVoucher voucher, VoucherReport report, StoredVoucher other, String actor) {
        OwnershipVoucher stored = other.voucher().voucher();
        if (stored.encoded().equals(voucher.encoded())) {
            VoucherCheck same = VoucherCheck.passed(KNOWN, "the very voucher that is stored");
            return CompletableFuture.completedFuture(
                    new ImportReport(Outcome.UNCHANGED, Optional.of(voucher), with(report, same), Optional.empty()));
        }
        VoucherCheck differs = VoucherCheck.failed(KNOWN, "the voucher that is stored, " + describe(stored), "another one, " + describe(voucher));
        return refused(voucher, with(report, differs), Optional.of(other), actor);
    }

    private static VoucherReport with(VoucherReport report, VoucherCheck check) {
        return report.and(new VoucherReport(List.of(check)));
    }

    private static String describe(OwnershipVoucher voucher) {
        return "SHA-256 " + sha256(voucher) + " with " + voucher.entries().size() + " entries";
    }

    private static String sha256(OwnershipVoucher voucher) {
        return HashType.SHA256.hash(voucher.encoded()).value().toHex();
    }

    private CompletableFuture<ImportReport> malformed(Failure failure, String actor) {
        VoucherReport report =
                new VoucherReport(List.of(VoucherCheck.failed("voucher.format", "the CBOR of a voucher of FDO 1.1", failure.getMessage())));
        return refused(new ImportReport(Outcome.REFUSED, Optional.empty(), report, Optional.empty()), actor);
    }

    private CompletableFuture<ImportReport> refused(
            OwnershipVoucher voucher, VoucherReport report, Optional<StoredVoucher> known, String actor) {
        return refused(new ImportReport(Outcome.REFUSED, Optional.of(voucher), report, known), actor);
    }

    private CompletableFuture<ImportReport> refused(ImportReport refusal, String actor) {
        String failed = refusal.report().checks().stream()
                .filter(VoucherCheck::isFailed)
                .map(check -> check.name() + ": " + check.found())
                .collect(Collectors.joining("; "));
        Optional<String> guid = refusal.voucher().map(voucher -> voucher.guid().toString());
        AuditEvent event =
                AuditEvent.refused("voucher.refused", clock.instant(), actor, guid, "voucher-rejected", Map.of("failed", failed));
        return audit.store(event).thenApply(stored -> refusal);
    }
}

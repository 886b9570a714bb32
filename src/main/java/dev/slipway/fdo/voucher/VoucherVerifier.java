package dev.slipway.fdo.voucher;

import dev.slipway.fdo.type.RendezvousInfo;
import java.time.Instant;

/**
 * Turns a well-formed voucher into a verified one. All hashes and signatures run over octets as received. The HMAC is the device's to
 * check: only it has the secret. Whom to trust is the concern of {@link VoucherTrust}.
 *
 * @see "FIDO Device Onboard 1.1, Validation of Ownership Vouchers"
 */
public final class VoucherVerifier {

    static final String GUID = "voucher.guid";

    private final boolean enforceDates;
    private final int maxEntries;

    /** As many entries as a voucher can have. */
    public VoucherVerifier(boolean enforceDates) {
        this(enforceDates, OwnershipVoucher.MAX_ENTRIES);
    }

    /**
     * @param enforceDates whether a device certificate that has expired is refused, or only noted: devices lie on shelves for years
     * @param maxEntries of one voucher; each costs the verification of a signature
     */
    public VoucherVerifier(boolean enforceDates, int maxEntries) {
        this.enforceDates = enforceDates;
        this.maxEntries = maxEntries;
    }

    /**
     * Stops at the first check that fails: what a stranger sends costs no more than it has to.
     *
     * @throws dev.slipway.failure.Failure.VoucherRejected for the first check that fails, by its name
     * @throws dev.slipway.failure.Failure.Malformed if the GUID is all zeros
     */
    public VerifiedVoucher verify(OwnershipVoucher voucher, Instant now) {
        return VerifiedVoucher.of(voucher, examine(voucher, now, Examination.untilTheFirstFailure()));
    }

    /** Every check, whether or not one before it failed. */
    public VoucherReport examine(OwnershipVoucher voucher, Instant now) {
        return examine(voucher, now, Examination.ofEverything());
    }

    private VoucherReport examine(OwnershipVoucher voucher, Instant now, Examination examination) {
        examination.add(entryLimit(voucher.entries().size()));
        examineHeader(voucher, examination);
        new DeviceChainExaminer(voucher, now, enforceDates).examine(examination);
        new EntriesExaminer(voucher).examine(examination);
        return examination.report();
    }

    private VoucherCheck entryLimit(int count) {
        return count <= maxEntries
                ? VoucherCheck.passed("voucher.entry-limit", count + " of at most " + maxEntries)
                : VoucherCheck.failed("voucher.entry-limit", "at most " + maxEntries + " entries; see slipway.limits.voucher-entries", count + " entries");
    }

    private static void examineHeader(OwnershipVoucher voucher, Examination checks) {
        OvHeader header = voucher.header().value();
        // spec: the protocol version of voucher and header
        checks.add(version("voucher.version", voucher.version()));
        checks.add(version("voucher.header-version", header.version()));
        // spec: a GUID that can be one
        checks.add(header.guid().isZero()
                ? VoucherCheck.failed(GUID, "a GUID that is not zero", "GUID is all zeros")
                : VoucherCheck.passed(GUID, header.guid().toString()));
        // spec: rendezvous info is there; it is never empty once it is decoded
        checks.add(VoucherCheck.passed("voucher.rv-info", directives(header.rvInfo())));
        // spec: device info
        checks.add(header.deviceInfo().isEmpty()
                ? VoucherCheck.failed("voucher.device-info", "some text", "DeviceInfo is empty")
                : VoucherCheck.passed("voucher.device-info", header.deviceInfo()));
    }

    private static VoucherCheck version(String name, int version) {
        return version == OwnershipVoucher.VERSION
                ? VoucherCheck.passed(name, Integer.toString(version))
                : VoucherCheck.failed(name, "version " + OwnershipVoucher.VERSION, "version " + version);
    }

    private static String directives(RendezvousInfo rvInfo) {
        int count = rvInfo.directives().size();
        return count == 1 ? "1 directive" : count + " directives";
    }
}

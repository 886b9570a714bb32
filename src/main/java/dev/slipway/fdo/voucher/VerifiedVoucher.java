package dev.slipway.fdo.voucher;

import dev.slipway.cbor.Encoded;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.type.PublicKey;

/** A voucher that passed every check of {@link VoucherVerifier}. */
public final class VerifiedVoucher {

    private final OwnershipVoucher voucher;

    VerifiedVoucher(OwnershipVoucher voucher) {
        this.voucher = voucher;
    }

    /**
     * @param report of this very voucher
     * @throws dev.slipway.failure.Failure for the first check that failed
     */
    public static VerifiedVoucher of(OwnershipVoucher voucher, VoucherReport report) {
        report.requirePassed();
        return new VerifiedVoucher(voucher);
    }

    /** A voucher that comes from our own storage, where only verified ones are put; its signatures are not checked again. */
    public static VerifiedVoucher fromStorage(OwnershipVoucher voucher) {
        return new VerifiedVoucher(voucher);
    }

    /**
     * A voucher that was made here for a device key that has just been proven: its certificates were issued here, and it has no entries, so
     * there is nothing that somebody else has signed.
     */
    public static VerifiedVoucher initialized(OwnershipVoucher made) {
        if (!made.entries().isEmpty()) {
            throw new IllegalArgumentException("a voucher with entries has to be verified");
        }
        return new VerifiedVoucher(made);
    }

    /**
     * The voucher that takes this one's place when its device onboards. What is verified of this one holds for that one: it has the same
     * certificates, and no entries yet.
     *
     * @param header as the device made its HMAC over it
     * @throws Conflict if it is for another device
     */
    public VerifiedVoucher replacedBy(Encoded<OvHeader> header, Hmac hmac) {
        if (!header.value().chainHash().equals(voucher.header().value().chainHash())) {
            throw new Conflict("the header that would replace that of " + guid() + " is for another device");
        }
        return new VerifiedVoucher(OwnershipVoucher.of(header, hmac, deviceChain()));
    }

    public OwnershipVoucher voucher() {
        return voucher;
    }

    public Guid guid() {
        return voucher.guid();
    }

    public CertificateChain deviceChain() {
        return voucher.deviceChain().orElseThrow();
    }

    public PublicKey ownerKey() {
        return voucher.ownerKey();
    }

    @Override
    public String toString() {
        return "VerifiedVoucher[" + guid() + "]";
    }
}

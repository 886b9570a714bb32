package dev.slipway.fdo.voucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.CoseSign1;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import java.util.List;

/** Hands a voucher on to its next owner (FIDO Device Onboard 1.1, Ownership Voucher, Extension). */
public final class VoucherExtender {

    private VoucherExtender() {}

    /**
     * The voucher with one more entry, signed by its current owner; every octet before it stays as it is.
     *
     * @param owner the key pair of the current owner
     * @param next of the same type
     * @throws Conflict if {@code owner} does not own the voucher, {@code next} is of another type, or there is no room for an entry
     */
    public static VerifiedVoucher extend(VerifiedVoucher voucher, SigningKey owner, PublicKey next) {
        return extend(voucher, owner, next, EntryExtra.NONE);
    }

    /** The same with something to say beside it. */
    public static VerifiedVoucher extend(VerifiedVoucher voucher, SigningKey owner, PublicKey next, EntryExtra extra) {
        OwnershipVoucher before = voucher.voucher();
        if (!owner.publicKey().sameKeyAs(before.ownerKey())) {
            throw new Conflict("voucher " + voucher.guid() + " is not owned by the key that would extend it");
        }
        if (!next.sameKindAs(before.ownerKey())) {
            throw new Conflict("voucher " + voucher.guid() + " is for " + before.ownerKey().type() + " keys, the next owner has " + next.type());
        }
        if (before.entries().size() == OwnershipVoucher.MAX_ENTRIES) {
            throw new Conflict("voucher " + voucher.guid() + " has " + OwnershipVoucher.MAX_ENTRIES + " entries already");
        }
        HashType hashType = before.hashType();
        OvEntry.Payload payload =
                new OvEntry.Payload(previousHash(before, hashType), hashType.hash(before.header().value().headerInfo()), extra, next);
        CoseSign1 signed = CoseSign1.sign(owner.privateKey(), owner.algorithmFor(hashType), payload.encode());
        return new VerifiedVoucher(before.with(new OvEntry(signed, payload)));
    }

    private static Hash previousHash(OwnershipVoucher voucher, HashType hashType) {
        List<OvEntry> entries = voucher.entries();
        Bytes hashed = entries.isEmpty()
                ? Bytes.concat(voucher.header().bytes(), voucher.hmac().bytes())
                : entries.get(entries.size() - 1).encoded();
        return hashType.hash(hashed);
    }
}

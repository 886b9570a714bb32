package dev.slipway.fdo.voucher;

import dev.slipway.failure.Failure.Invalid;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The checks of a voucher that are about its chain of owners. */
final class EntriesExaminer {

    private static final String SIGNATURE = "voucher.signature";
    private static final String PREVIOUS_HASH = "voucher.previous-hash";
    private static final String HEADER_INFO_HASH = "voucher.header-info-hash";
    private static final String KEY_TYPE = "voucher.key-type";
    private static final List<String> NAMES = List.of(SIGNATURE, PREVIOUS_HASH, HEADER_INFO_HASH, KEY_TYPE);

    private final OwnershipVoucher voucher;
    private final Map<String, VoucherCheck> failed = new LinkedHashMap<>();

    EntriesExaminer(OwnershipVoucher voucher) {
        this.voucher = voucher;
    }

    void examine(Examination checks) {
        examineEntries(checks);
        int count = voucher.entries().size();
        for (String name : NAMES) {
            VoucherCheck otherwise = count == 0
                    ? VoucherCheck.notApplicable(name, "no entries")
                    : VoucherCheck.passed(name, count == 1 ? "1 entry" : count + " entries");
            checks.add(failed.getOrDefault(name, otherwise));
        }
    }

    private void examineEntries(Examination checks) {
        HashType hashType = voucher.hashType();
        Hash headerInfo = hashType.hash(voucher.header().value().headerInfo());
        PublicKey key = voucher.header().value().manufacturerKey();
        Hash previous = hashType.hash(voucher.header().bytes(), voucher.hmac().bytes());
        for (int i = 0; i < voucher.entries().size(); i++) {
            OvEntry entry = voucher.entries().get(i);
            // spec: the owner before signed the entry
            examineSignature(entry, key, i, checks);
            // spec: it follows what came before, with one hash algorithm throughout
            if (!entry.payload().previousHash().equals(previous)) {
                fail(checks, PREVIOUS_HASH, previous.toString(), i, "follows " + entry.payload().previousHash());
            }
            if (!entry.payload().headerInfoHash().equals(headerInfo)) {
                fail(checks, HEADER_INFO_HASH, headerInfo.toString(), i, "is for another device, " + entry.payload().headerInfoHash());
            }
            // spec: one kind of key throughout
            if (!entry.payload().publicKey().sameKindAs(key)) {
                fail(checks, KEY_TYPE, "one kind of key throughout, " + key.type(), i, "is for a " + entry.payload().publicKey().type() + " key");
            }
            key = entry.payload().publicKey();
            previous = hashType.hash(entry.encoded());
        }
    }

    private void examineSignature(OvEntry entry, PublicKey key, int index, Examination checks) {
        try {
            entry.signed().verify(key.key());
        } catch (Invalid e) {
            fail(checks, SIGNATURE, "signed by the owner before, " + key.fingerprint(), index, e.getMessage());
        }
    }

    /** The first entry that fails a check is the one that is told of. */
    private void fail(Examination checks, String name, String expected, int index, String found) {
        VoucherCheck check = VoucherCheck.failed(name, expected, "entry " + index + " " + found);
        checks.foresee(check);
        failed.putIfAbsent(name, check);
    }
}

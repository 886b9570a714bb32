package dev.slipway.fdo.voucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.ProvenKeys;
import dev.slipway.fdo.type.CertificateChain;
import java.util.Map;
import java.util.Optional;

/**
 * What a manufacturer says in the first entry of a voucher of how its device's key was proven to be in a TPM.
 *
 * @param label under which it is said; empty for a manufacturer who says nothing
 */
public record FirstEntryEvidence(Optional<Long> label, ProvenKeys keys) {

    /** @param voucher that is going to be extended */
    public EntryExtra of(OwnershipVoucher voucher) {
        if (label.isEmpty() || !voucher.entries().isEmpty()) {
            return EntryExtra.NONE;
        }
        return voucher.deviceChain()
                .map(CertificateChain::leafKey)
                .flatMap(keys::evidence)
                .map(evidence -> new EntryExtra(Map.of(label.get(), evidence)))
                .orElse(EntryExtra.NONE);
    }

    /** What there is in a voucher. */
    static Optional<Bytes> in(OwnershipVoucher voucher, long label) {
        return voucher.entries().stream().findFirst().flatMap(entry -> entry.payload().extra().get(label));
    }
}

package dev.slipway.fdo.voucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.key.KeyEvidence;
import dev.slipway.fdo.key.ProvenKeys;
import dev.slipway.fdo.type.CertificateChain;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * What says that a voucher's device key is in a TPM, beside the device's certificate.
 *
 * @param keys that were enrolled here
 * @param evidence how what vouchers carry is judged
 * @param label under which they carry it
 */
public record TpmBacking(ProvenKeys keys, KeyEvidence evidence, long label) {

    /** For whom no voucher is TPM-backed. */
    public static final TpmBacking NONE = new TpmBacking(key -> false, (octets, key) -> new KeyEvidence.Vouched("", List.of()), 0);

    /** What there is in the first entry. */
    sealed interface Found {

        record Nothing() implements Found {}

        record Unconvincing(String why) implements Found {}

        record Vouched(KeyEvidence.Vouched evidence) implements Found {}
    }

    boolean provenHere(PublicKey deviceKey) {
        return keys.include(deviceKey);
    }

    Found inFirstEntry(OwnershipVoucher voucher) {
        Optional<Bytes> octets = FirstEntryEvidence.in(voucher, label);
        Optional<PublicKey> deviceKey = voucher.deviceChain().map(CertificateChain::leafKey);
        if (octets.isEmpty() || deviceKey.isEmpty()) {
            return new Found.Nothing();
        }
        try {
            return new Found.Vouched(evidence.examine(octets.get(), deviceKey.get()));
        } catch (Failure.AttestationRejected | Failure.Malformed e) {
            return new Found.Unconvincing(e.getMessage());
        }
    }
}

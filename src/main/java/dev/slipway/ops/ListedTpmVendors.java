package dev.slipway.ops;

import dev.slipway.attestation.EkTrust;
import dev.slipway.attestation.EkTrustSource;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.voucher.TrustStore.Anchor;
import dev.slipway.fdo.voucher.TrustStore.Kind;
import dev.slipway.fdo.voucher.TrustStore;
import java.util.List;

/** The vendors of TPMs whom the operator listed, as of now. */
final class ListedTpmVendors implements EkTrustSource {

    private record Parsed(List<Anchor> from, EkTrust trust) {}

    private final TrustStore store;
    private volatile Parsed parsed;

    ListedTpmVendors(TrustStore store) {
        this.store = store;
    }

    @Override
    public EkTrust current() {
        List<Anchor> listed = store.list();
        Parsed known = parsed;
        if (known == null || known.from() != listed) {
            known = new Parsed(listed, EkTrust.of(listed.stream()
                    .filter(anchor -> anchor.kind() == Kind.TPM_CA)
                    .map(anchor -> CertificateChain.of(List.of(anchor.encoded())).certificates().get(0))
                    .toList()));
            parsed = known;
        }
        return known.trust();
    }
}

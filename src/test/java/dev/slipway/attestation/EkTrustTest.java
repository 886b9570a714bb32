package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class EkTrustTest {

    private final EkFixture vendor = EkFixture.anEccEk();

    @Test
    void pinsRootsAndNothingElse() {
        X509Certificate root = vendor.rootCertificate();
        X509Certificate intermediate = vendor.intermediateCertificate();
        EkTrust trust = EkTrust.of(List.of(intermediate, root));
        assertThat(trust.anchors()).containsExactly(root);
        assertThat(trust.intermediates()).containsExactly(intermediate);
    }

    /** One that says it issued itself and is signed by another key is no root. */
    @Test
    void asksForASignatureAndNotForAName() {
        X509Certificate impostor = EkFixture.anEccEk().rootSignedByAnother();
        assertThat(impostor.getSubjectX500Principal()).isEqualTo(impostor.getIssuerX500Principal());
        assertThat(EkTrust.isRoot(impostor)).isFalse();
        assertThat(EkTrust.of(List.of(impostor)).anchors()).isEmpty();
    }
}

package dev.slipway.attestation;

import static dev.slipway.tpm.AttestFixture.aCertificationOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.key.KeyEvidence.Vouched;
import dev.slipway.tpm.SoftKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoucherEvidenceTest {

    private final EkFixture tpm = EkFixture.anEccEk();
    private final SoftKey key = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
    private SoftKey ak = SoftKey.ecc();
    private SoftKey signer = ak;
    private List<Bytes> ekChain = List.of(tpm.certificate()).stream().map(EkCertificate::certificate).map(VoucherEvidenceTest::der).toList();
    private Optional<Bytes> akCertificate = Optional.empty();
    private int version = 1;

    private static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.owning(certificate.getEncoded());
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes sized(Bytes content) {
        return Bytes.concat(Bytes.fromHex("%04x".formatted(content.length())), content);
    }

    private Bytes encoded() {
        Bytes attest = aCertificationOf(key.publicArea().name()).bytes();
        CborWriter writer = new CborWriter().map(9).integer(1).integer(version).integer(2).array(ekChain.size());
        ekChain.forEach(writer::byteString);
        writer.integer(3).byteString(sized(tpm.publicArea().bytes()));
        writer.integer(4).byteString(sized(ak.bytes())).integer(5).byteString(sized(key.bytes()));
        writer.integer(6).byteString(attest).integer(7).byteString(signer.sign(attest)).integer(8).nul().integer(9);
        akCertificate.ifPresentOrElse(certificate -> writer.array(1).byteString(certificate), writer::nul);
        return writer.toBytes();
    }

    private Vouched examine(Bytes evidence, PublicKey deviceKey) {
        EkCertificateVerifier vendors = new EkCertificateVerifier(tpm::trust, EkFixture.STRICT);
        return new VoucherEvidence(vendors, Clock.fixed(EkFixture.NOW, ZoneOffset.UTC)).examine(evidence, deviceKey);
    }

    private void assertRefused(String code) {
        assertThatThrownBy(() -> examine(encoded(), key.pair.getPublic()))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void isConvincedByAnAkThatVouchesForTheDeviceKey() {
        Vouched vouched = examine(encoded(), key.pair.getPublic());
        assertThat(vouched.tpm()).isEqualTo("IFX SLB9672 000F1A00");
        assertThat(vouched.akCertificates()).isEmpty();
    }

    /** What an enrolment leaves is read as it was. */
    @Test
    void readsWhatItWrites() {
        Bytes without = encoded();
        assertThat(TpmEvidence.decode(without).encode()).isEqualTo(without);
        akCertificate = Optional.of(ekChain.get(0));
        Bytes with = encoded();
        assertThat(TpmEvidence.decode(with).encode()).isEqualTo(with);
    }

    @Test
    void refusesEvidenceAboutAnotherKey() {
        assertThatThrownBy(() -> examine(encoded(), SoftKey.ecc().pair.getPublic()))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("VOUCHER_KEY_MISMATCH"));
    }

    @Test
    void refusesAnEkThatNoListedVendorCertified() {
        ekChain = List.of(der(EkFixture.anEccEk().certificate().certificate()));
        assertRefused("UNTRUSTED");
        ekChain = List.of();
        assertRefused("UNTRUSTED");
    }

    @Test
    void refusesWhatTheAkDidNotSign() {
        signer = SoftKey.ecc();
        assertRefused("SIGNATURE");
    }

    @Test
    void refusesAnAkThatSignsAnything() {
        ak = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
        signer = ak;
        assertRefused("AK_NOT_RESTRICTED");
    }

    @Test
    void refusesADeviceKeyThatMayLeaveItsTpm() {
        key.withAttributes(0x00040070);
        assertRefused("KEY_NOT_TPM_RESIDENT");
    }

    @Test
    void refusesTheCertificateOfAnotherAk() {
        akCertificate = Optional.of(ekChain.get(0));
        assertRefused("KEY_MISMATCH");
    }

    @Test
    void refusesEvidenceOfAnotherVersion() {
        version = 2;
        assertThatThrownBy(() -> examine(encoded(), key.pair.getPublic())).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f6", "a0", "a10101", "8101", "a9010102f6034004400540064007400840f609f6"})
    void refusesWhatIsNoEvidence(String hex) {
        assertThatThrownBy(() -> examine(Bytes.fromHex(hex), key.pair.getPublic())).isInstanceOf(Malformed.class);
    }
}

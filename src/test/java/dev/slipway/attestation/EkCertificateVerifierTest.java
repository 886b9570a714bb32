package dev.slipway.attestation;

import static dev.slipway.attestation.EkFixture.AFTER;
import static dev.slipway.attestation.EkFixture.BEFORE;
import static dev.slipway.attestation.EkFixture.LENIENT;
import static dev.slipway.attestation.EkFixture.NOW;
import static dev.slipway.attestation.EkFixture.STRICT;
import static dev.slipway.attestation.EkFixture.anEccEk;
import static dev.slipway.attestation.EkFixture.anRsaEk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.SoftKey;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One thing about an EK certificate at a time. */
class EkCertificateVerifierTest {

    private static VerifiedEk verify(EkFixture ek, EkPolicy policy) {
        return new EkCertificateVerifier(ek.trust(), policy).verify(ek.certificate(), List.of(), ek.publicArea(), NOW);
    }

    private static EkPolicy denying(EkDenyList denied) {
        return new EkPolicy(EkPolicy.Mode.REFUSE, EkPolicy.Mode.REFUSE, denied);
    }

    static Stream<Arguments> sound() {
        return Stream.of(
                arguments("RSA", anRsaEk()),
                arguments("ECC", anEccEk()),
                arguments("one RDN for all, printable strings", anRsaEk().withTpm(EkFixture.together("id:4E544300", "NPCT75x", "id:13"))),
                arguments("name not critical", anRsaEk().withSubjectAndUncriticalName()),
                arguments("no basic constraints", anRsaEk().withoutBasicConstraints()),
                arguments("no key usage", anRsaEk().withKeyUsage(null)),
                arguments("more usages", anRsaEk().withUsages("2.23.133.8.1", "1.3.6.1.5.5.7.3.2")),
                arguments("a key marked for OAEP", anRsaEk().withOaepKey()),
                arguments("signed with RSA", anRsaEk().signedByRsaWith("SHA256withRSA")),
                arguments("signed with PSS", anRsaEk().signedByRsaWith("SHA384withRSAandMGF1")),
                arguments("no path length of the intermediate", anRsaEk().withIntermediateConstraints(new BasicConstraints(true))),
                arguments("no path length of the root", anRsaEk().withRootConstraints(new BasicConstraints(true))),
                arguments("ends now", anRsaEk().validBetween(BEFORE, NOW)),
                arguments("begins now", anRsaEk().validBetween(NOW, AFTER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sound")
    void acceptsWhatVendorsDo(String what, EkFixture ek) {
        VerifiedEk verified = verify(ek, STRICT);
        assertThat(verified.key().name()).isEqualTo(ek.publicArea().name());
        assertThat(verified.warnings()).isEmpty();
    }

    static Stream<Arguments> unsound() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                arguments("UNTRUSTED", "intermediate expired", anRsaEk().withIntermediateUntil(NOW.minus(second))),
                arguments("UNTRUSTED", "root expired", anRsaEk().withRootUntil(NOW.minus(second))),
                arguments("UNTRUSTED", "intermediate no CA", anRsaEk().withIntermediateConstraints(new BasicConstraints(false))),
                arguments("UNTRUSTED", "intermediate without constraints", anRsaEk().withIntermediateConstraints(null)),
                arguments("UNTRUSTED", "root no CA", anRsaEk().withRootConstraints(new BasicConstraints(false))),
                arguments("UNTRUSTED", "root without room for an intermediate", anRsaEk().withRootConstraints(new BasicConstraints(0))),
                arguments("UNTRUSTED", "intermediate may not issue", anRsaEk().withIntermediateUsage(KeyUsage.digitalSignature)),
                arguments("UNTRUSTED", "names are constrained", anRsaEk().withNameConstraints()),
                arguments("UNTRUSTED", "signed over SHA-1", anRsaEk().signedWith("SHA1withECDSA")),
                arguments("UNTRUSTED", "signed over SHA-1 with RSA", anRsaEk().signedByRsaWith("SHA1withRSA")),
                arguments("UNTRUSTED", "signed over SHA-1 with PSS", anRsaEk().signedByRsaWith("SHA1withRSAandMGF1")),
                arguments("UNTRUSTED", "intermediate signed over SHA-1", anRsaEk().withIntermediateSignedWith("SHA1withECDSA")),
                arguments("CRITICAL_EXT", "unknown critical extension", anRsaEk().withUnknownCriticalExtension()),
                arguments("NOT_YET_VALID", "begins in a second", anRsaEk().validBetween(NOW.plus(second), AFTER)),
                arguments("EXPIRED", "ended a second ago", anRsaEk().validBetween(BEFORE, NOW.minus(second))),
                arguments("IS_CA", "a CA", anRsaEk().asCa()),
                arguments("EKU", "for nothing", anRsaEk().withUsages()),
                arguments("EKU", "for an AK", anRsaEk().withUsages("2.23.133.8.3")),
                arguments("EKU", "for both", anRsaEk().withUsages("2.23.133.8.1", "2.23.133.8.3")),
                arguments("EKU", "for TLS", anRsaEk().withUsages("1.3.6.1.5.5.7.3.2")),
                arguments("EKU", "key usage of a signer", anRsaEk().withKeyUsage(KeyUsage.digitalSignature)),
                arguments("EKU", "RSA for key agreement", anRsaEk().withKeyUsage(KeyUsage.keyAgreement)),
                arguments("EKU", "ECC for encipherment", anEccEk().withKeyUsage(KeyUsage.keyEncipherment)),
                arguments("SAN", "manufacturer without id", anRsaEk().withTpm(EkFixture.separate("49465800", "SLB9672", "id:13"))),
                arguments("SAN", "manufacturer too short", anRsaEk().withTpm(EkFixture.separate("id:494658", "SLB9672", "id:13"))),
                arguments("SAN", "manufacturer no hex", anRsaEk().withTpm(EkFixture.separate("id:49465X00", "SLB9672", "id:13"))),
                arguments("SAN", "no model", anRsaEk().withTpm(EkFixture.separate("id:49465800", "", "id:13"))),
                arguments("SAN", "model of two lines", anRsaEk().withTpm(EkFixture.separate("id:49465800", "a\nb", "id:13"))),
                arguments("SAN", "version without id", anRsaEk().withTpm(EkFixture.separate("id:49465800", "SLB9672", "13"))),
                arguments("SAN", "empty name", anRsaEk().withTpm(List.of())),
                arguments("KEY_MISMATCH", "another RSA key", anRsaEk().withCertifiedKey(SoftKey.rsa().pair.getPublic())),
                arguments("KEY_MISMATCH", "another ECC key", anEccEk().withCertifiedKey(SoftKey.ecc().pair.getPublic())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("unsound")
    void refusesWithTheCodeOfTheCheck(String code, String what, EkFixture ek) {
        assertThatThrownBy(() -> verify(ek, STRICT))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    @Test
    void takesNoteOfWhatThePolicyLeaves() {
        EkFixture ek = anRsaEk().validBetween(BEFORE, NOW.minusSeconds(1)).withUsages();
        assertThat(verify(ek, LENIENT).warnings()).extracting(Finding::id).containsExactly("attestation.expired", "attestation.eku");
        EkFixture future = anRsaEk().validBetween(NOW.plusSeconds(1), AFTER);
        assertThatThrownBy(() -> verify(future, LENIENT)).as("a certificate of the future is never taken").isInstanceOf(AttestationRejected.class);
        EkFixture issuerGone = anRsaEk().withIntermediateUntil(NOW.minusSeconds(1));
        assertThatThrownBy(() -> verify(issuerGone, LENIENT)).as("nor one by an issuer that expired").isInstanceOf(AttestationRejected.class);
    }

    @Test
    void tellsEverythingThatIsWrong() {
        EkFixture ek = anRsaEk().asCa().withUsages("2.23.133.8.3").withTpm(List.of()).validBetween(NOW.plusSeconds(1), AFTER);
        assertThatThrownBy(() -> verify(ek, STRICT)).isInstanceOfSatisfying(AttestationRejected.class, e -> {
            assertThat(e.findings()).extracting(Finding::id)
                    .containsExactly("attestation.not-yet-valid", "attestation.is-ca", "attestation.eku", "attestation.san");
            assertThat(e.code()).isEqualTo("NOT_YET_VALID");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"000300b2", "000300f2"})
    void acceptsTheAttributesOfTemplates(String attributes) {
        EkFixture ek = anRsaEk();
        assertThat(new EkCertificateVerifier(ek.trust(), STRICT).verify(ek.certificate(), List.of(), ek.publicArea(attributes), NOW).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"000300b0", "000300b6", "000308b2", "000200b2", "000700b2", "000300a2", "00030092", "00040072"})
    void refusesOtherAttributes(String attributes) {
        EkFixture ek = anRsaEk();
        assertThatThrownBy(() -> new EkCertificateVerifier(ek.trust(), STRICT).verify(ek.certificate(), List.of(), ek.publicArea(attributes), NOW))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("EK_ATTRIBUTES"));
    }

    /** A peer may help to find the path, and cannot add to whom is believed. */
    @Test
    void findsThePathByWhatThePeerSentAndBelievesNoneOfIt() {
        EkFixture ek = anRsaEk();
        EkTrust rootOnly = new EkTrust(ek.trust().anchors(), List.of());
        List<X509Certificate> all = List.of(ek.rootCertificate(), ek.intermediateCertificate());
        EkCertificateVerifier verifier = new EkCertificateVerifier(rootOnly, STRICT);
        assertThat(verifier.verify(ek.certificate(), all, ek.publicArea(), NOW).warnings()).isEmpty();
        assertThatThrownBy(() -> verifier.verify(ek.certificate(), List.of(), ek.publicArea(), NOW)).hasMessageContaining("attestation.untrusted");

        EkTrust other = anRsaEk().trust();
        assertThatThrownBy(() -> new EkCertificateVerifier(other, STRICT).verify(ek.certificate(), all, ek.publicArea(), NOW))
                .hasMessageContaining("attestation.untrusted");
        EkTrust intermediatesOnly = new EkTrust(List.of(), all);
        assertThatThrownBy(() -> new EkCertificateVerifier(intermediatesOnly, STRICT).verify(ek.certificate(), all, ek.publicArea(), NOW))
                .hasMessageContaining("attestation.untrusted");
    }

    /** An operator may pin an issuing CA as if it were a root. */
    @Test
    void takesAPinnedIssuer() {
        EkFixture ek = anRsaEk();
        EkTrust pinned = new EkTrust(List.of(ek.intermediateCertificate()), List.of());
        assertThat(new EkCertificateVerifier(pinned, STRICT).verify(ek.certificate(), List.of(), ek.publicArea(), NOW).warnings()).isEmpty();
    }

    @Test
    void namesTheTpm() {
        TpmIdentity infineon = verify(anRsaEk(), STRICT).tpm();
        assertThat(infineon).isEqualTo(new TpmIdentity("49465800", "SLB9672", "000F1A00")).hasToString("IFX SLB9672 000F1A00");
        assertThat(verify(anRsaEk().withTpm(EkFixture.together("id:53544d20", "ST33", "id:13")), STRICT).tpm()).hasToString("STM ST33 13");
        TpmIdentity software = verify(anRsaEk().withTpm(EkFixture.separate("id:00001014", "swtpm", "id:20191023")), STRICT).tpm();
        assertThat(software.manufacturer()).isEqualTo("00001014");
    }

    @Test
    void deniesByIssuerAndSerialByNameAndByFirmware() {
        EkFixture ek = anRsaEk();
        EkDenyList.Certificate thisOne =
                new EkDenyList.Certificate(ek.certificate().certificate().getIssuerX500Principal(), BigInteger.valueOf(77));
        EkDenyList.Certificate next = new EkDenyList.Certificate(thisOne.issuer(), BigInteger.valueOf(78));
        assertDenied(ek, new EkDenyList(Set.of(thisOne), Set.of(), List.of()), true);
        assertDenied(ek, new EkDenyList(Set.of(next), Set.of(), List.of()), false);
        assertDenied(ek, new EkDenyList(Set.of(), Set.of(ek.publicArea().name()), List.of()), true);
        assertDenied(ek, new EkDenyList(Set.of(), Set.of(anEccEk().publicArea().name()), List.of()), false);
    }

    @ParameterizedTest
    @CsvSource({
        "49465800, 000F1A00, 000F1A00, true", "49465800, 0, 000F1A00, true", "49465800, 000F1A00, FFFFFFFFFFFFFFFF, true", "49465800, 0, 000F19FF, false",
        "49465800, 000F1A01, FFFFFFFFFFFFFFFF, false", "4E544300, 0, FFFFFFFFFFFFFFFF, false"
    })
    void deniesRangesOfFirmware(String manufacturer, String first, String last, boolean denied) {
        EkDenyList.Firmware range = new EkDenyList.Firmware(
                manufacturer, Long.parseUnsignedLong(first, 16), Long.parseUnsignedLong(last, 16), EkDenyList.Scope.EVERYTHING);
        assertDenied(anRsaEk(), new EkDenyList(Set.of(), Set.of(), List.of(range)), denied);
    }

    private static void assertDenied(EkFixture ek, EkDenyList list, boolean denied) {
        if (denied) {
            assertThatThrownBy(() -> verify(ek, denying(list)))
                    .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("EK_DENIED"));
        } else {
            assertThat(verify(ek, denying(list)).eccAksDenied()).isFalse();
        }
    }

    /** TPM-FAIL: the EK is fine, and so are RSA keys. */
    @Test
    void deniesOnlyTheEccAksOfLeakingFirmware() {
        EkDenyList.Firmware range = new EkDenyList.Firmware("49465800", 0, 0x000f1a00, EkDenyList.Scope.ECC_AKS);
        VerifiedEk ek = verify(anRsaEk(), denying(new EkDenyList(Set.of(), Set.of(), List.of(range))));
        ek.requireAllowed(AttestationKey.of(SoftKey.rsa().publicArea()));
        AttestationKey ecc = AttestationKey.of(SoftKey.ecc().publicArea());
        assertThatThrownBy(() -> ek.requireAllowed(ecc))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("EK_DENIED"));
        verify(anRsaEk(), STRICT).requireAllowed(ecc);
    }

    /** A modulus that is a power of 65537 modulo the product of the first primes, as the broken library made them. */
    @Test
    void deniesKeysThatCanBeFactored() throws Exception {
        BigInteger primorial = BigInteger.ONE;
        for (int prime = 2; prime <= 167; prime++) {
            primorial = BigInteger.valueOf(prime).isProbablePrime(50) ? primorial.multiply(BigInteger.valueOf(prime)) : primorial;
        }
        BigInteger residue = BigInteger.valueOf(65537).modPow(BigInteger.valueOf(123456789), primorial);
        BigInteger high = BigInteger.ONE.shiftLeft(2047).divide(primorial).add(BigInteger.ONE).multiply(primorial);
        BigInteger modulus = high.add(residue);
        PublicKey weak = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537)));
        assertThat(Roca.marks(modulus)).isTrue();
        assertThat(Roca.marks(((RSAPublicKey) anRsaEk().pair().getPublic()).getModulus())).isFalse();
        EkFixture ek = anRsaEk().withCertifiedKey(weak);
        assertThatThrownBy(() -> verify(ek, STRICT)).hasMessageContaining("CVE-2017-15361");
    }

    /** An EK certificate never changes, so it would follow a machine through every log. */
    @Test
    void keepsWhatIdentifiesATpmOutOfTexts() {
        EkFixture ek = anRsaEk().asCa().withUsages().withCertifiedKey(SoftKey.rsa().pair.getPublic());
        EkDenyList.Certificate serial = new EkDenyList.Certificate(ek.certificate().certificate().getIssuerX500Principal(), BigInteger.valueOf(77));
        EkDenyList everything = new EkDenyList(Set.of(serial), Set.of(ek.publicArea().name()), List.of());
        String name = ek.publicArea().name().toString();
        String modulus = ((RSAPublicKey) ek.certificate().key()).getModulus().toString(16);
        assertThatThrownBy(() -> verify(ek, denying(everything)))
                .hasMessageContaining("attestation.ek-denied")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(name, name.substring(4, 20), modulus.substring(0, 16)));
        assertThat(verify(anRsaEk(), STRICT).toString()).doesNotContain(name.substring(4, 20), anRsaEk().certificate().der().toHex().substring(0, 40));
    }
}

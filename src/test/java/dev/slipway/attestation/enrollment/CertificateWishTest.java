package dev.slipway.attestation.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.AttestationKey;
import dev.slipway.attestation.DeviceKey;
import dev.slipway.attestation.EkFixture;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.enrollment.EnrollmentState.Claim;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.keystore.FileDeviceCa;
import dev.slipway.keystore.KeyFolder;
import dev.slipway.tpm.SoftKey;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is certified of a proven enrolment, and of which request nothing comes. */
class CertificateWishTest {

    private static final X500Name SUBJECT = new X500Name("C=DE,O=Plant+OU=Line 1,CN=gw-0001");
    /** tcg-cap-verifiedTPMResidency, -Fixed and -Restricted, in DER. */
    private static final String RESIDENCY = "300806066781050b0101";
    private static final String FIXED = "300806066781050b0102";
    private static final String RESTRICTED = "300806066781050b0103";

    @TempDir
    private Path folder;

    private final SoftKey key = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);

    private static Bytes csr(X500Name subject, PublicKey asked, KeyPair signer, String algorithm) {
        try {
            return Bytes.owning(new JcaPKCS10CertificationRequestBuilder(subject, asked)
                    .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
                    .getEncoded());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Bytes csr(X500Name subject) {
        return csr(subject, key.pair.getPublic(), key.pair, "SHA256withECDSA");
    }

    private PromisedCertificates promised(Bytes csr) {
        return PromisedCertificates.of(new CertificateWish(Optional.of(csr), false), DeviceKey.of(key.publicArea()));
    }

    private void assertRefused(Bytes csr, String why) {
        assertThatThrownBy(() -> promised(csr)).isInstanceOfSatisfying(AttestationRejected.class, e -> {
            assertThat(e.code()).isEqualTo("CSR");
            assertThat(e.getMessage()).contains(why);
        });
    }

    private Claim proven(SoftKey ak, PromisedCertificates promised) {
        return new Claim(
                Optional.empty(), EndorsementKey.of(EkFixture.anEccEk().publicArea()), List.of(), EkStatus.EK_PINNED, Optional.empty(),
                AttestationKey.of(ak.publicArea()), DeviceKey.of(key.publicArea()), promised);
    }

    private KeyCertifier certifier() {
        KeyFolder keys = KeyFolder.open(folder.resolve("keys"), Optional.empty(), VoucherFixture::random, Clock.systemUTC());
        return new KeyCertifier(Optional.of(FileDeviceCa.of(keys)));
    }

    private static String extension(X509Certificate certificate, String oid) {
        return HexFormat.of().formatHex(certificate.getExtensionValue(oid));
    }

    @Test
    void certifiesTheDeviceKeyForTheSubjectThatWasAskedFor() throws Exception {
        IssuedCertificates issued = certifier().issue(proven(SoftKey.ecc(), promised(csr(SUBJECT))));
        X509Certificate certificate = issued.device().orElseThrow();
        assertThat(certificate.getSubjectX500Principal().getEncoded()).isEqualTo(SUBJECT.getEncoded());
        assertThat(certificate.getPublicKey()).isEqualTo(key.pair.getPublic());
        assertThat(extension(certificate, "2.5.29.32")).isEqualTo("04163014" + RESIDENCY + FIXED);
        assertThat(certificate.getExtendedKeyUsage()).isNull();
        assertThat(issued.ak()).isEmpty();
    }

    @Test
    void certifiesAnAkOfAnyKindIfThatIsWanted() throws Exception {
        for (SoftKey ak : List.of(SoftKey.ecc(), SoftKey.ecc("secp384r1"), SoftKey.rsa())) {
            PromisedCertificates promised = PromisedCertificates.of(new CertificateWish(Optional.empty(), true), DeviceKey.of(key.publicArea()));
            IssuedCertificates issued = certifier().issue(proven(ak, promised));
            X509Certificate certificate = issued.ak().orElseThrow();
            assertThat(certificate.getPublicKey()).isEqualTo(ak.pair.getPublic());
            assertThat(certificate.getExtendedKeyUsage()).containsExactly("2.23.133.8.3");
            assertThat(extension(certificate, "2.5.29.32")).isEqualTo("0420301e" + RESIDENCY + FIXED + RESTRICTED);
            assertThat(certificate.getKeyUsage()).startsWith(true, false);
            assertThat(certificate.getSubjectX500Principal().getName())
                    .isEqualTo("CN=AK " + ak.publicArea().name().value().toHex().substring(4, 36));
            assertThat(issued.device()).isEmpty();
        }
    }

    @Test
    void certifiesNothingUnasked() {
        IssuedCertificates issued = certifier().issue(proven(SoftKey.ecc(), PromisedCertificates.NONE));
        assertThat(issued.device()).isEmpty();
        assertThat(issued.ak()).isEmpty();
    }

    @Test
    void saysAtOnceThatNothingIsCertifiedHere() {
        KeyCertifier without = new KeyCertifier(Optional.empty());
        without.requireAble(CertificateWish.NONE);
        for (CertificateWish wish : List.of(new CertificateWish(Optional.empty(), true), new CertificateWish(Optional.of(csr(SUBJECT)), false))) {
            assertThatThrownBy(() -> without.requireAble(wish))
                    .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("NOT_CERTIFYING"));
            certifier().requireAble(wish);
        }
    }

    @Test
    void refusesARequestThatIsNotByTheDeviceKey() {
        KeyPair other = VoucherFixture.key("secp256r1");
        assertRefused(csr(SUBJECT, other.getPublic(), other, "SHA256withECDSA"), "for another key than device_pub");
        assertRefused(csr(SUBJECT, key.pair.getPublic(), other, "SHA256withECDSA"), "not signed by its own key");
        KeyPair rsa = SoftKey.rsa().pair;
        assertRefused(csr(SUBJECT, rsa.getPublic(), rsa, "SHA256withRSA"), "without an EC key");
        KeyPair unknownCurve = VoucherFixture.key("secp521r1");
        assertRefused(csr(SUBJECT, unknownCurve.getPublic(), unknownCurve, "SHA384withECDSA"), "neither P-256 nor P-384");
        assertRefused(csr(SUBJECT, key.pair.getPublic(), key.pair, "SHA1withECDSA"), "not with ECDSA and SHA-256 or SHA-384");
    }

    @Test
    void refusesWhatIsNoRequest() {
        Bytes sound = csr(SUBJECT);
        assertRefused(Bytes.EMPTY, "not a PKCS#10");
        assertRefused(sound.slice(0, sound.length() - 1), "not a PKCS#10");
        assertRefused(Bytes.concat(sound, Bytes.of((byte) 0)), "");
        byte[] flipped = sound.toArray();
        flipped[40] ^= 1;
        assertThatThrownBy(() -> promised(Bytes.owning(flipped))).isInstanceOf(AttestationRejected.class);
    }

    @Test
    void refusesSubjectsThatNameNobody() {
        assertRefused(csr(new X500Name(new RDN[0])), "without a name");
        assertRefused(csr(commonName("gw\n0001")), "control characters");
        PromisedCertificates longest = promised(csr(commonName("x".repeat(491))));
        assertThat(certifier().issue(proven(SoftKey.ecc(), longest)).device()).isPresent();
        assertRefused(csr(commonName("x".repeat(492))), "more than 512 octets");
    }

    private static X500Name commonName(String text) {
        return new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String(text))});
    }

    @Test
    void readsNoRequestThatIsLongerThanAny() {
        assertThat(new CertificateWish(Optional.of(Bytes.owning(new byte[4096])), false).isNone()).isFalse();
        assertThatThrownBy(() -> new CertificateWish(Optional.of(Bytes.owning(new byte[4097])), false)).isInstanceOf(Malformed.class);
    }
}

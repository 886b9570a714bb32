package dev.slipway.attestation;

import static dev.slipway.attestation.EkFixture.NOW;
import static dev.slipway.attestation.EkFixture.STRICT;
import static dev.slipway.tpm.AttestFixture.aCertificationOf;
import static dev.slipway.tpm.AttestFixture.aCreationOf;
import static dev.slipway.tpm.AttestFixture.aQuote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.AttestFixture;
import dev.slipway.tpm.SoftKey;
import dev.slipway.tpm.TcgCsrIdevid;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One thing wrong with a request at a time. */
class TcgCsrIdevidVerifierTest {

    private final EkFixture ek = EkFixture.anRsaEk();
    private final SoftKey iak = SoftKey.ecc();
    private final SoftKey idevid = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);

    private Bytes ekCertificate = ek.certificate().der();
    private AttestFixture certifyInfo = aCertificationOf(idevid.publicArea().name());
    private SoftKey certifier = iak;
    private SoftKey signer = idevid;
    private String hashAlgorithm = "SHA-256";
    private String hashId = "0000000b";
    private boolean wrongHash;

    private TcgCsrIdevid csr() {
        Bytes info = certifyInfo.bytes();
        List<Bytes> fields = List.of(
                Bytes.fromHex("4d"), Bytes.fromHex("53"), Bytes.EMPTY, Bytes.EMPTY, ekCertificate, iak.bytes(), Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY,
                idevid.bytes(), info, certifier.sign(info), Bytes.fromHex("0000"));
        StringBuilder hashed = new StringBuilder();
        fields.forEach(field -> hashed.append("%08x".formatted(field.length())));
        fields.forEach(hashed::append);
        String hash = hash(Bytes.fromHex(hashed.toString()));
        Bytes content = Bytes.fromHex(
                "00000100" + hashId + "%08x".formatted(hash.length() / 2) + (wrongHash ? "00" + hash.substring(2) : hash) + hashed);
        Bytes signature = signer.sign(content);
        return TcgCsrIdevid.decode(Bytes.fromHex("00000100%08x%08x%s%s".formatted(content.length(), signature.length(), content, signature)));
    }

    private String hash(Bytes octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(hashAlgorithm).digest(octets.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private TcgCsrIdevidVerifier.IdentityKeys verify() {
        return new TcgCsrIdevidVerifier(new EkCertificateVerifier(ek.trust(), STRICT)).verify(csr(), List.of(), NOW);
    }

    private void assertRefused(Reason reason) {
        assertThatThrownBy(this::verify)
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(reason.name()));
    }

    @Test
    void acceptsTheFixture() {
        TcgCsrIdevidVerifier.IdentityKeys keys = verify();
        assertThat(keys.iak().name()).isEqualTo(iak.publicArea().name());
        assertThat(keys.idevid().name()).isEqualTo(idevid.publicArea().name());
        assertThat(keys.ek().key().name()).isEqualTo(ek.publicArea().name());
    }

    @Test
    void acceptsACertificationOfCreation() {
        certifyInfo = aCreationOf(idevid.publicArea().name(), Bytes.EMPTY);
        assertThat(verify().idevid().name()).isEqualTo(idevid.publicArea().name());
    }

    @Test
    void refusesContentWithAnotherHash() {
        wrongHash = true;
        assertRefused(Reason.SIGNATURE);
    }

    @Test
    void refusesSha1() {
        hashAlgorithm = "SHA-1";
        hashId = "00000004";
        assertRefused(Reason.SIGNATURE);
    }

    @Test
    void refusesContentThatTheIdevidDidNotSign() {
        signer = iak;
        assertRefused(Reason.SIGNATURE);
    }

    @Test
    void refusesAnEkWithoutVendor() {
        ekCertificate = EkFixture.anRsaEk().certificate().der();
        assertRefused(Reason.UNTRUSTED);
    }

    @Test
    void refusesWhatIsNoCertificate() {
        ekCertificate = Bytes.fromHex("3000");
        assertThatThrownBy(this::verify).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesAnIakThatIsNoAk() {
        iak.withAttributes(SoftKey.DEVICE_KEY);
        assertRefused(Reason.AK_NOT_RESTRICTED);
    }

    @Test
    void refusesAnIdevidThatSomebodyElseVouchesFor() {
        certifier = SoftKey.ecc();
        assertRefused(Reason.SIGNATURE);
    }

    @Test
    void refusesACertificationOfAnotherKey() {
        certifyInfo = aCertificationOf(SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).publicArea().name());
        assertRefused(Reason.NAME_MISMATCH);
        certifyInfo = aCreationOf(iak.publicArea().name(), Bytes.EMPTY);
        assertRefused(Reason.NAME_MISMATCH);
    }

    @Test
    void refusesAQuoteInItsPlace() {
        certifyInfo = aQuote();
        assertRefused(Reason.TYPE);
    }

    @Test
    void refusesAnIdevidThatMayLeaveItsTpm() {
        idevid.withAttributes(0x00040070);
        certifyInfo = aCertificationOf(idevid.publicArea().name());
        assertRefused(Reason.KEY_NOT_TPM_RESIDENT);
    }
}

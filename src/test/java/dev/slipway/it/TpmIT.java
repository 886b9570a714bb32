package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.AttestationKey;
import dev.slipway.attestation.CertifyVerifier;
import dev.slipway.attestation.EkCertificateVerifier;
import dev.slipway.attestation.EkDenyList;
import dev.slipway.attestation.EkPolicy;
import dev.slipway.attestation.EkTrust;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.EnrolledAk;
import dev.slipway.attestation.MakeCredential;
import dev.slipway.attestation.QuoteChallenge;
import dev.slipway.attestation.QuoteVerifier;
import dev.slipway.attestation.SignedAttest;
import dev.slipway.attestation.VerifiedQuote;
import dev.slipway.attestation.enrollment.CertificateWish;
import dev.slipway.attestation.enrollment.EkStatus;
import dev.slipway.attestation.enrollment.EnrolledDevices;
import dev.slipway.attestation.enrollment.Enroller;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.enrollment.EnrollmentPolicy;
import dev.slipway.attestation.enrollment.EnrollmentProof;
import dev.slipway.attestation.enrollment.EnrollmentRequest;
import dev.slipway.attestation.enrollment.EnrollmentState;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ops.SystemRandom;
import dev.slipway.tpm.CreationData;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmtPublic;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A TPM and the tools of other people: it opens what is encrypted to it, and what it signs is believed. */
class TpmIT {

    private static final SystemRandom RANDOM = new SystemRandom();

    @TempDir
    private Path folder;

    private SoftwareTpm tpm;

    @BeforeEach
    void start() {
        tpm = SoftwareTpm.start(folder);
    }

    @AfterEach
    void stop() {
        tpm.close();
    }

    private void createKeys(String ekAlgorithm, String akAlgorithm, String akScheme) {
        tpm.run("createek", "-c", "ek.ctx", "-G", ekAlgorithm, "-u", "ek.pub");
        tpm.run("createak", "-C", "ek.ctx", "-c", "ak.ctx", "-G", akAlgorithm, "-g", "sha256", "-s", akScheme, "-u", "ak.pub");
    }

    private TpmtPublic publicArea(String file) {
        return TpmtPublic.decodeSized(tpm.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecc"})
    void opensACredentialThatWasMadeForIt(String ekAlgorithm) {
        createKeys(ekAlgorithm, "ecc", "ecdsa");
        Bytes secret = RANDOM.next(32);
        activate("ak", credential(secret));
        assertThat(tpm.read("ak.secret")).isEqualTo(secret);
    }

    /** EKs of high-range templates want no policy session, only the empty password. */
    @Test
    void opensACredentialForAHighRangeEk() {
        createKeys("ecc384", "ecc", "ecdsa");
        Bytes secret = RANDOM.next(32);
        tpm.write("ak.cred", credential(secret).encode());
        tpm.run("activatecredential", "-c", "ak.ctx", "-C", "ek.ctx", "-i", "ak.cred", "-o", "ak.secret");
        assertThat(tpm.read("ak.secret")).isEqualTo(secret);
    }

    private CredentialBlob credential(Bytes secret) {
        return new MakeCredential(RANDOM)
                .make(EndorsementKey.of(publicArea("ek.pub")), publicArea("ak.pub").name(), SecretBytes.owning(secret.toArray()));
    }

    @ParameterizedTest
    @CsvSource({"ecc, ecdsa", "rsa, rsassa", "rsa, rsapss"})
    void isBelievedWhatItQuotes(String akAlgorithm, String akScheme) {
        createKeys("ecc", akAlgorithm, akScheme);
        TpmtPublic ak = publicArea("ak.pub");
        tpm.run("pcrextend", "7:sha256=" + "5a".repeat(32));
        VerifiedQuote first = quote(ak, akScheme, Optional.empty());
        Bytes expected = TpmHash.TPM_ALG_SHA256.digest(Bytes.owning(new byte[32]), Bytes.fromHex("5a".repeat(32)));
        assertThat(first.values().values()).containsEntry(new Pcr(TpmHash.TPM_ALG_SHA256, 7), expected);
        VerifiedQuote second = quote(ak, akScheme, Optional.of(first));
        assertThat(second.clockInfo().resetCount()).isEqualTo(first.clockInfo().resetCount());
        assertThat(second.clockInfo().clockMillis()).isGreaterThan(first.clockInfo().clockMillis());
        assertThatThrownBy(() -> quote(ak, akScheme, Optional.of(second), Optional.of(tpm.read("nonce")))).hasMessageContaining("attestation.nonce");
    }

    private VerifiedQuote quote(TpmtPublic ak, String scheme, Optional<VerifiedQuote> last) {
        return quote(ak, scheme, last, Optional.empty());
    }

    /** @param replayed the challenge of an earlier quote, which the TPM is not asked again */
    private VerifiedQuote quote(TpmtPublic ak, String scheme, Optional<VerifiedQuote> last, Optional<Bytes> replayed) {
        Bytes nonce = RANDOM.next(32);
        if (replayed.isEmpty()) {
            tpm.write("nonce", nonce);
            tpm.run("quote", "-c", "ak.ctx", "-l", "sha256:0,7", "-q", nonce.toHex(), "-m", "quote", "-s", "signature", "-o", "values", "-F", "values",
                    "-g", "sha256", "--scheme", scheme);
        }
        QuoteVerifier verifier = new QuoteVerifier(name -> Optional.of(new EnrolledAk(ak, last.map(VerifiedQuote::clockInfo))));
        return verifier.verify(
                SignedAttest.decode(tpm.read("quote"), tpm.read("signature")),
                tpm.read("values"),
                new QuoteChallenge(ak.name(), nonce, PcrSelection.parse("sha256:0,7")));
    }

    /** The template that go-fdo makes device keys from. */
    @ParameterizedTest
    @ValueSource(strings = {"ecc256:ecdsa-sha256:null", "ecc384:ecdsa-sha384:null", "rsa2048:rsassa-sha256:null"})
    void isBelievedWhatItCertifies(String deviceKeyAlgorithm) {
        createKeys("rsa", "ecc", "ecdsa");
        AttestationKey ak = AttestationKey.of(publicArea("ak.pub"));
        tpm.run("createprimary", "-C", "e", "-g", "sha256", "-G", deviceKeyAlgorithm, "-a", "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign",
                "-c", "dev.ctx", "--creation-data", "creation", "-d", "creation.hash", "-t", "ticket");
        tpm.run("readpublic", "-c", "dev.ctx", "-o", "dev.pub", "-f", "tss");
        Bytes nonce = RANDOM.next(32);
        tpm.run("certifycreation", "-C", "ak.ctx", "-c", "dev.ctx", "-d", "creation.hash", "-t", "ticket", "-g", "sha256", "-q", nonce.toHex(),
                "--attestation", "attest", "-o", "signature", "-f", "tss");
        TpmtPublic device = publicArea("dev.pub");
        CreationData creationData = CreationData.decodeSized(tpm.read("creation"));
        SignedAttest signed = SignedAttest.decode(tpm.read("attest"), tpm.read("signature"));
        assertThat(CertifyVerifier.verifyCreation(signed, ak, device, creationData, Optional.of(nonce)).name()).isEqualTo(device.name());
        assertThatThrownBy(() -> CertifyVerifier.verifyCreation(signed, ak, device, creationData, Optional.of(RANDOM.next(32))))
                .hasMessageContaining("attestation.nonce");

        tpm.run("certify", "-C", "ak.ctx", "-c", "dev.ctx", "-g", "sha256", "-o", "attest", "-s", "signature", "-f", "tss");
        SignedAttest certified = SignedAttest.decode(tpm.read("attest"), tpm.read("signature"));
        assertThat(CertifyVerifier.verify(certified, ak, device).name()).isEqualTo(device.name());
    }

    /** Every step that a device makes at the line, by the tools it has; the TPM has no EK certificate, so the EK is pinned. */
    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecc"})
    void isEnrolledByItsTools(String ekAlgorithm) {
        createKeys(ekAlgorithm, "ecc", "ecdsa");
        tpm.run("createprimary", "-C", "e", "-g", "sha256", "-G", "ecc256:ecdsa-sha256:null",
                "-a", "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign",
                "-c", "dev.ctx", "--creation-data", "creation", "-d", "creation.hash", "-t", "ticket");
        tpm.run("readpublic", "-c", "dev.ctx", "-o", "dev.pub", "-f", "tss");
        Guid guid = Guid.random(RANDOM);
        Enroller enroller = new Enroller(
                new EkCertificateVerifier(new EkTrust(List.of(), List.of()), new EkPolicy(EkPolicy.Mode.REFUSE, EkPolicy.Mode.REFUSE, EkDenyList.EMPTY)),
                new PinnedDevices(publicArea("ek.pub").name()),
                EnrollmentPolicy.DEFAULT,
                RANDOM);
        EnrollmentRequest request = EnrollmentRequest.decode(
                Optional.of(guid), tpm.read("ek.pub"), Optional.empty(), List.of(), tpm.read("ak.pub"), tpm.read("dev.pub"), CertificateWish.NONE);
        Enroller.Begun begun = enroller.begin(EnrollmentState.Open.FIRST, request, Instant.now());

        activate("ak", begun.challenge().akCredential());
        activate("dev", begun.challenge().deviceCredential());
        Bytes proof = TpmHash.TPM_ALG_SHA256.digest(begun.challenge().nonce(), tpm.read("ak.secret"), tpm.read("dev.secret"));
        tpm.run("certifycreation", "-C", "ak.ctx", "-c", "dev.ctx", "-d", "creation.hash", "-t", "ticket", "-g", "sha256", "-q", proof.toHex(),
                "--attestation", "attest", "-o", "signature", "-f", "tss");
        EnrollmentProof.Creation creation = new EnrollmentProof.Creation(
                SignedAttest.decode(tpm.read("attest"), tpm.read("signature")), CreationData.decodeSized(tpm.read("creation")));
        Enroller.Answered answered = enroller.prove(
                begun.state(), begun.challenge().id(), new EnrollmentProof(proof, Optional.of(creation), Optional.empty()), Instant.now());
        assertThat(answered).isInstanceOfSatisfying(Enroller.Answered.Enrolled.class, enrolled -> {
            assertThat(enrolled.enrollment().guid()).contains(guid);
            assertThat(enrolled.enrollment().ekStatus()).isEqualTo(EkStatus.EK_PINNED);
            assertThat(enrolled.enrollment().deviceKey()).isEqualTo(publicArea("dev.pub"));
        });
    }

    private void activate(String key, CredentialBlob credential) {
        tpm.write(key + ".cred", credential.encode());
        tpm.run("startauthsession", "--policy-session", "-S", "session.ctx");
        tpm.run("policysecret", "-S", "session.ctx", "-c", "e");
        tpm.run("activatecredential", "-c", key + ".ctx", "-C", "ek.ctx", "-i", key + ".cred", "-o", key + ".secret", "-P", "session:session.ctx");
        tpm.run("flushcontext", "session.ctx");
    }

    /** Nothing is known but that an operator vouches for one EK. */
    private record PinnedDevices(Name ek) implements EnrolledDevices {

        @Override
        public Optional<Enrollment> ofGuid(Guid guid) {
            return Optional.empty();
        }

        @Override
        public Optional<Enrollment> ofKey(Name key) {
            return Optional.empty();
        }

        @Override
        public Optional<PublicKey> voucherKey(Guid guid) {
            return Optional.empty();
        }

        @Override
        public boolean isAccepted(Guid guid, Name name) {
            return false;
        }

        @Override
        public boolean isPinned(Name name) {
            return name.equals(ek);
        }
    }

    /** A key that may leave its TPM is certified like any other. */
    @Test
    void certifiesKeysThatAreNotBelieved() {
        createKeys("ecc", "ecc", "ecdsa");
        tpm.run("createprimary", "-C", "e", "-g", "sha256", "-G", "ecc256:ecdsa-sha256:null", "-a", "sensitivedataorigin|userwithauth|sign", "-c", "dev.ctx");
        tpm.run("readpublic", "-c", "dev.ctx", "-o", "dev.pub", "-f", "tss");
        tpm.run("certify", "-C", "ak.ctx", "-c", "dev.ctx", "-g", "sha256", "-o", "attest", "-s", "signature", "-f", "tss");
        SignedAttest signed = SignedAttest.decode(tpm.read("attest"), tpm.read("signature"));
        AttestationKey ak = AttestationKey.of(publicArea("ak.pub"));
        assertThatThrownBy(() -> CertifyVerifier.verify(signed, ak, publicArea("dev.pub"))).hasMessageContaining("attestation.key-not-tpm-resident");
    }
}

package dev.slipway.attestation;

import static dev.slipway.attestation.EkFixture.LENIENT;
import static dev.slipway.attestation.EkFixture.STRICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.Vectors;
import dev.slipway.attestation.TpmVectors.Case;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding.Severity;
import dev.slipway.tpm.CreationData;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TcgCsrIdevid;
import dev.slipway.tpm.TpmtPublic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of {@code expected.json}: accepted, or refused for the reason that it names. */
class TpmVectorsTest {

    private static final int CASES = 105;

    /** Files that no case names: public keys that other files hold in another form, and what the remaining tests use. */
    private static final Set<String> BESIDE_THE_CASES = Set.of(
            "README.md", "expected.json", "ca/ek-root.pem", "ca/ek-intermediate.pem", "ca/impostor-same-name.pem", "ca/oem-devid-root.pem",
            "certify/creation-dev-p256/creation-hash.bin", "certify/creation-dev-p384/creation-hash.bin",
            "credential/kdf.json", "credential/tpm-behaviour.json",
            "device-a/dev-c-p256.spki.der", "device-a/dev-c-p384.spki.der", "device-a/dev-p256-appnote.spki.der", "device-a/dev-p256.spki.der",
            "device-a/dev-p384.spki.der", "device-a/dev-rsa2048.spki.der", "device-a/idevid.spki.der",
            "device-a/iak.cert.der", "device-a/idevid.cert.der", "device-b/ek-rsa2048.cert.der", "device-b/ek-rsa2048.pub",
            "ek-certs/leaf-as-issuer.issuer.der", "negative/ak-software.key.pem", "negative/hostile-public.json");

    static Stream<Named<Case>> cases() {
        return TpmVectors.cases().stream().map(vector -> Named.of(expectation(vector), vector));
    }

    private static String expectation(Case vector) {
        return vector.id() + ": " + vector.text("expect") + vector.reasons().stream().findFirst().map(reason -> " " + reason).orElse("");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void judgesAsExpected(Case vector) {
        Optional<String> reason = refusal(vector);
        if (vector.text("expect").equals("reject") || vector.text("expect").equals("policy")) {
            assertThat(reason).as(vector.id()).isPresent();
            assertThat(vector.reasons()).as(vector.id()).contains(reason.get());
        } else {
            assertThat(vector.text("expect")).isIn("accept", "activates", "equal");
            assertThat(reason).as(vector.id()).isEmpty();
        }
    }

    /** Why it is refused; empty if it is not. */
    private static Optional<String> refusal(Case vector) {
        try {
            judge(vector);
            return Optional.empty();
        } catch (Failure.Malformed e) {
            return Optional.of(Reason.PARSE.name());
        } catch (Failure.AttestationRejected e) {
            return Optional.of(e.code());
        }
    }

    private static void judge(Case vector) {
        switch (vector.kind()) {
            case "ek_cert" -> ekCertificate(vector, STRICT);
            case "ak_public" -> akPublic(vector);
            case "quote" -> quote(vector);
            case "certify" -> CertifyVerifier.verify(attest(vector), AttestationKey.of(vector.publicArea("ak_pub")), vector.publicArea("object_pub"));
            case "certify_creation" -> certifyCreation(vector);
            case "activation_blob" -> activationBlob(vector);
            case "make_credential" -> makeCredential(vector);
            case "eventlog" -> eventLog(vector);
            case "tcg_csr_idevid" -> csr(vector);
            default -> throw new AssertionError("unknown kind of case: " + vector.kind());
        }
    }

    private static VerifiedEk ekCertificate(Case vector, EkPolicy policy) {
        List<X509Certificate> offered = vector.id().equals("ek/leaf-as-issuer")
                ? List.of(TpmVectors.certificate("ek-certs/leaf-as-issuer.issuer.der"))
                : List.of();
        return new EkCertificateVerifier(TpmVectors.trust(), policy)
                .verify(EkCertificate.decode(vector.bytes("cert")), offered, vector.publicArea("ek_pub"), TpmVectors.time());
    }

    private static void akPublic(Case vector) {
        AttestationKey ak = AttestationKey.of(vector.publicArea("pub"));
        assertThat(ak.name()).hasToString(vector.text("name"));
    }

    private static SignedAttest attest(Case vector) {
        return SignedAttest.decode(vector.bytes("attest"), vector.bytes("signature"));
    }

    private static void quote(Case vector) {
        TpmtPublic ak = vector.publicArea("ak_pub");
        boolean enrolled = !vector.text("reason").equals("AK_UNKNOWN");
        PcrSelection asked = PcrSelection.parse(vector.text(vector.has("policy_selection") ? "policy_selection" : "selection"));
        Optional<EnrolledAk> known = enrolled ? Optional.of(new EnrolledAk(ak, Optional.empty())) : Optional.empty();
        VerifiedQuote quote = new QuoteVerifier(name -> known.filter(one -> one.publicArea().name().equals(name)))
                .verify(attest(vector), vector.bytes("pcr_values"), new QuoteChallenge(ak.name(), vector.bytes("nonce"), asked));
        if (vector.has("reference_pcrs")) {
            PcrValues reference = TpmVectors.pcrs(vector.text("reference_pcrs"), vector.text("selection"));
            PcrPolicy policy = new PcrPolicy(List.of(ReferenceImage.of("image reference", reference, Map.of())));
            BootAppraiser.appraise(new Booted(quote.values(), Optional.empty(), List.of()), policy).requireAccepted();
        }
    }

    private static void certifyCreation(Case vector) {
        CreationData creationData = CreationData.decodeSized(vector.bytes("creation_data"));
        CertifyVerifier.verifyCreation(
                attest(vector), AttestationKey.of(vector.publicArea("ak_pub")), vector.publicArea("object_pub"), creationData,
                Optional.of(vector.bytes("nonce")));
        if (vector.has("outside_info")) {
            assertThat(creationData.outsideInfo()).isEqualTo(vector.bytes("outside_info"));
        }
    }

    /** The TPM opened it already; what is left to see is that the parts are where they should be. */
    private static void activationBlob(Case vector) {
        CredentialBlob blob = CredentialBlob.decode(vector.bytes("blob"));
        EndorsementKey ek = EndorsementKey.of(vector.publicArea("ek_pub"));
        assertThat(blob.integrityHmac().length()).isEqualTo(ek.publicArea().nameAlg().octets());
        assertThat(blob.encIdentity().length()).isEqualTo(2 + vector.bytes("secret").length());
        assertThat(blob.encode()).isEqualTo(vector.bytes("blob"));
    }

    private static void makeCredential(Case vector) {
        DeterministicCredential fixed = DeterministicCredential.of(vector.id());
        assertThat(fixed.make().encode()).isEqualTo(fixed.bytes("tools_blob"));
    }

    private static void eventLog(Case vector) {
        List<Measurement> userspace = vector.has("userspace_log") ? UserspaceLog.decode(vector.bytes("userspace_log")) : List.of();
        MeasurementLog log = MeasurementLog.of(EventLog.decode(vector.bytes("log")), userspace);
        new Appraisal(BootAppraiser.explain(TpmVectors.pcrs(vector.text("expect_pcrs")), log)).requireAccepted();
    }

    private static void csr(Case vector) {
        TcgCsrIdevidVerifier.IdentityKeys keys = new TcgCsrIdevidVerifier(new EkCertificateVerifier(TpmVectors.trust(), STRICT))
                .verify(TcgCsrIdevid.decode(vector.bytes("csr")), List.of(), TpmVectors.time());
        assertThat(keys.iak().name()).isEqualTo(TpmVectors.publicArea("device-a/iak.pub").name());
        assertThat(keys.idevid().name()).isEqualTo(TpmVectors.publicArea("device-a/idevid.pub").name());
        assertThat(keys.ek().key().name()).isEqualTo(TpmVectors.publicArea("device-a/ek-rsa2048.pub").name());
    }

    /** What the policy decides may be taken, with a warning, where the policy says so. */
    @Test
    void takesNoteOfAnExpiredEkCertificateIfToldTo() {
        VerifiedEk ek = ekCertificate(TpmVectors.find("ek/expired"), LENIENT);
        assertThat(ek.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.id()).isEqualTo("attestation.expired");
            assertThat(warning.severity()).isEqualTo(Severity.WARNING);
            assertThat(warning.message()).isEqualTo("expired at 2016-01-01T00:00:00Z");
        });
    }

    @Test
    void judgesAllCasesThereAre() {
        assertThat(TpmVectors.cases()).hasSize(CASES);
    }

    /** A file that is added has to be named by a case, or here. */
    @Test
    void leavesNoFileOut() throws IOException {
        Path folder = Vectors.file("tpm");
        Set<String> known = new TreeSet<>(BESIDE_THE_CASES);
        TpmVectors.cases().forEach(vector -> vector.node().forEach(value -> known.add(value.asText())));
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> left = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> !known.contains(file))
                    .collect(Collectors.toSet());
            assertThat(left).isEmpty();
        }
    }

    @Test
    void readsWhatTheOtherTpmHas() {
        Bytes certificate = TpmVectors.bytes("device-b/ek-rsa2048.cert.der");
        assertThatCode(() -> new EkCertificateVerifier(TpmVectors.trust(), STRICT)
                        .verify(EkCertificate.decode(certificate), List.of(), TpmVectors.publicArea("device-b/ek-rsa2048.pub"), TpmVectors.time()))
                .doesNotThrowAnyException();
    }
}

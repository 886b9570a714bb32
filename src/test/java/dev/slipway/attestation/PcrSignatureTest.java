package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.reference.SignedPcrRule;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Finding;
import dev.slipway.policy.Policies;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What systemd-measure signed; see the README of {@code policies}. */
class PcrSignatureTest {

    private static final Pcr PCR_11 = new Pcr(TpmHash.TPM_ALG_SHA256, 11);
    private static final Bytes SIGNED = Policies.bytes("edge.pcrsig");
    private static final String ENTER_INITRD = "9dd418d75bca4ece1c5890685fd20fcde0caede7907021460ac928394c38bc38";
    private static final String LEAVE_INITRD = "39a4cb16583a00646ea5a8add740acaabe04fab6446cad02fd58059712f10661";

    private static PublicKey edgeKey() {
        return ((SignedPcrRule) Policies.read("name: x\npcrs: sha256:11\npcrsig:\n- |\n" + Policies.text("edge-key.pem").indent(4))
                .policy().rules().getFirst()).keys().getFirst();
    }

    private static PublicKey otherKey() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
    }

    private static PcrValues holding(String value) {
        return PcrValues.of(Map.of(PCR_11, Bytes.fromHex(value)));
    }

    private static List<Finding> findings(String value, Bytes file, PublicKey... keys) {
        List<PcrSignature> signatures = file.isEmpty() ? List.of() : PcrSignatureFile.decode(file);
        return new SignedPcrRule(PCR_11, List.of(keys)).findings(new Booted(holding(value), Optional.empty(), signatures));
    }

    @Test
    void letsThroughWhatThePublisherSigned() throws GeneralSecurityException {
        assertThat(PcrSignatureFile.decode(SIGNED)).extracting(PcrSignature::policy).extracting(Bytes::toHex).containsExactly(
                "dd467dc53fa8a203a8b954e0ddfa79a8efdfe888603b030f761f7f2ce00d77c0", "ee267e9f26e47dcfb30ad0dbd9a927e3e06a7e9c66d0ab8c442a067223e1d7d2");
        assertThat(findings(ENTER_INITRD, SIGNED, edgeKey())).isEmpty();
        assertThat(findings(LEAVE_INITRD, SIGNED, otherKey(), edgeKey())).isEmpty();
    }

    @Test
    void refusesEverythingElse() throws GeneralSecurityException {
        String expected = "expected a value that a key of the policy signed, found ";
        assertThat(findings("5a".repeat(32), SIGNED, edgeKey())).extracting(Finding::message).containsExactly(expected + "none for the quoted value among 2 signatures");
        assertThat(findings(ENTER_INITRD, SIGNED, otherKey())).extracting(Finding::message).containsExactly(expected + "a signature by a key that the policy does not list");
        assertThat(findings(ENTER_INITRD, Bytes.EMPTY, edgeKey())).extracting(Finding::message).containsExactly(expected + "no signature: the device sent no pcr_signature");
        Bytes changed = Bytes.owning(Policies.text("edge.pcrsig").replace("Pvxlm8", "Pvxlm9").getBytes(StandardCharsets.US_ASCII));
        assertThat(findings(ENTER_INITRD, changed, edgeKey())).as("a signature with one bit changed").hasSize(1);
        Bytes cut = Bytes.owning(Policies.text("edge.pcrsig").replaceAll("\"sig\":\"[^\"]{8}", "\"sig\":\"").getBytes(StandardCharsets.US_ASCII));
        assertThat(findings(ENTER_INITRD, cut, edgeKey())).as("a signature that is too short").hasSize(1);
    }

    /** A signature over other registers says nothing about PCR 11, whoever made it. */
    @Test
    void wantsPcr11Signed() {
        Pcr pcr12 = new Pcr(TpmHash.TPM_ALG_SHA256, 12);
        PcrSignature over12 = new PcrSignature(List.of(pcr12), PcrSignatureFile.decode(SIGNED).getFirst().policy(), Bytes.EMPTY);
        assertThat(over12.isFor(holding(ENTER_INITRD))).as("not quoted").isFalse();
        PcrValues values = PcrValues.of(Map.of(PCR_11, Bytes.fromHex("5a".repeat(32)), pcr12, Bytes.fromHex(ENTER_INITRD)));
        assertThat(new SignedPcrRule(PCR_11, List.of(edgeKey())).findings(new Booted(values, Optional.empty(), List.of(over12)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[]", "{\"sha256\":{}}", "{\"sha256\":[{}]}", "{\"sha256\":[{\"pcrs\":[24],\"pol\":\"\",\"sig\":\"\"}]}",
        "{\"sha256\":[{\"pcrs\":[-1],\"pol\":\"\",\"sig\":\"\"}]}", "{\"sha256\":[{\"pcrs\":[11,11],\"pol\":\"\",\"sig\":\"\"}]}",
        "{\"sha256\":[{\"pcrs\":[11],\"pol\":\"5a\",\"sig\":\"\"}]}", "{\"sha256\":[],\"sha256\":[]}", "{} {}", "{\"sha256\":null}"
    })
    void refusesWhatIsNoSuchFile(String json) {
        assertThatThrownBy(() -> PcrSignatureFile.decode(Bytes.owning(json.getBytes(StandardCharsets.US_ASCII)))).isInstanceOf(Malformed.class);
    }

    @Test
    void passesOverBanksThatItDoesNotKnow() {
        assertThat(PcrSignatureFile.decode(Bytes.owning("{\"sm3_256\":[{}]}".getBytes(StandardCharsets.US_ASCII)))).isEmpty();
    }

    @Test
    void readsOrRefusesEveryCutAndEveryFlippedBit() {
        for (int length = 0; length < SIGNED.length() - 1; length++) {
            Bytes cut = SIGNED.slice(0, length);
            assertThatThrownBy(() -> PcrSignatureFile.decode(cut)).isInstanceOf(Malformed.class);
        }
        PublicKey key = edgeKey();
        for (int bit = 0; bit < 8 * SIGNED.length(); bit += 3) {
            byte[] flipped = SIGNED.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                PcrSignatureFile.decode(Bytes.owning(flipped)).forEach(signature -> signature.signer(List.of(key)));
            } catch (Malformed expected) {
                assertThat(expected.getMessage()).startsWith("PCR signature file ");
            }
        }
        String many = "{\"sha256\":[" + "{\"pcrs\":[11],\"pol\":\"5a5a\",\"sig\":\"\"},".replace("5a5a", "5a".repeat(32)).repeat(257) + "{}]}";
        assertThatThrownBy(() -> PcrSignatureFile.decode(Bytes.owning(many.getBytes(StandardCharsets.US_ASCII)))).hasMessageContaining("256 signatures");
        assertThatThrownBy(() -> PcrSignatureFile.decode(Bytes.owning(new byte[256 * 1024 + 1]))).hasMessageContaining("262145 octets");
    }
}

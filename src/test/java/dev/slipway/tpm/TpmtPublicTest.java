package dev.slipway.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.AsymmetricScheme.Algorithm;
import dev.slipway.tpm.ObjectAttributes.Attribute;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TpmtPublicTest {

    /** A P-256 AK whose public area is {@code …} around its point. */
    private static final String POINT =
            "00203c5497f9d3afba267c9873bc7896fe49ab1d5fd0b741853bb00925b3c7418c77002097cd2e9bba8eaa74084a80c4a958226c626fa15c90658ebe199b3bec039b5b5e";

    private static TpmtPublic read(String file) {
        return TpmtPublic.decodeSized(Vectors.bytes("tpm/" + file));
    }

    private static TpmtPublic ofHex(String hex) {
        return TpmtPublic.decode(Bytes.fromHex(hex.replace(" ", "")));
    }

    static List<JsonNode> hostile() throws IOException {
        List<JsonNode> items = new ArrayList<>();
        new ObjectMapper().readTree(Vectors.text("tpm/negative/hostile-public.json")).path("items").forEach(items::add);
        assertThat(items).hasSize(17);
        return items;
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesHostileInput(JsonNode item) {
        Bytes input = Bytes.fromHex(item.path("hex").asText());
        if (item.has("note")) {
            assertThat(TpmtPublic.decodeSized(input).nameAlg()).isEqualTo(TpmHash.TPM_ALG_SHA1);
        } else {
            assertThatThrownBy(() -> TpmtPublic.decodeSized(input)).as(item.path("id").asText()).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void readsAnRsaEk() {
        TpmtPublic ek = read("device-a/ek-rsa2048.pub");
        assertThat(ek.nameAlg()).isEqualTo(TpmHash.TPM_ALG_SHA256);
        assertThat(ek.attributes()).hasToString("fixedTPM|fixedParent|sensitiveDataOrigin|adminWithPolicy|restricted|decrypt");
        assertThat(ek.authPolicy()).hasToString("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");
        assertThat(ek.symmetric()).contains(new SymmetricCipher(128));
        assertThat(ek.scheme()).isEqualTo(new AsymmetricScheme(Algorithm.TPM_ALG_NULL, Optional.empty()));
        assertThat(ek.key()).isInstanceOfSatisfying(TpmKey.Rsa.class, rsa -> assertThat(rsa.modulus().toHex()).startsWith("c85281c5").endsWith("ba5921"));
        assertThat(ek.bytes().length()).isEqualTo(0x013a);
    }

    @Test
    void readsAnEccIak() {
        TpmtPublic iak = read("device-a/iak.pub");
        assertThat(iak.attributes().has(Attribute.RESTRICTED)).isTrue();
        assertThat(iak.attributes().has(Attribute.DECRYPT)).isFalse();
        assertThat(iak.symmetric()).isEmpty();
        assertThat(iak.scheme()).isEqualTo(new AsymmetricScheme(Algorithm.TPM_ALG_ECDSA, Optional.of(TpmHash.TPM_ALG_SHA256)));
        assertThat(iak.name()).hasToString("000b43abb37911059f35c432745b65ebae839c7ff108c9f862aed879555884ef2845");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev-c-p256", "dev-p256-appnote", "dev-p256", "dev-p384", "dev-rsa2048", "idevid"})
    void givesTheKeyThatOtherProgramsGive(String name) throws GeneralSecurityException {
        TpmtPublic key = read("device-a/" + name + ".pub");
        byte[] spki = Vectors.bytes("tpm/device-a/" + name + ".spki.der").toArray();
        String algorithm = key.key() instanceof TpmKey.Rsa ? "RSA" : "EC";
        assertThat(key.key().publicKey()).isEqualTo(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki)));
        assertThat(key.key().isKey(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki)))).isTrue();
        assertThat(key.key().isKey(SoftKey.ecc().pair.getPublic())).isFalse();
        assertThat(key.key().isKey(SoftKey.rsa().pair.getPublic())).isFalse();
    }

    /** Quotes say where their AK sits, certifications where the certified key does. */
    @Test
    void computesQualifiedNamesAsTheTpmDoes() {
        Name ek = read("device-a/ek-rsa2048.pub").name();
        Name ak = read("device-a/ak-ecc256.pub").name();
        TpmHash sha256 = TpmHash.TPM_ALG_SHA256;
        TpmsAttest.Quote quote = TpmsAttest.Quote.decode(Vectors.bytes("tpm/quotes/ecdsa256/attest.bin"));
        assertThat(Name.ENDORSEMENT.qualify(sha256, ek).qualify(sha256, ak)).isEqualTo(quote.header().qualifiedSigner());

        Name primary = read("device-a/dev-p256.pub").name();
        TpmsAttest.Certify ofPrimary = TpmsAttest.Certify.decode(Vectors.bytes("tpm/certify/p256-by-ecdsa/attest.bin"));
        assertThat(Name.ENDORSEMENT.qualify(sha256, primary)).isEqualTo(ofPrimary.qualifiedName());

        Name child = read("device-a/dev-c-p256.pub").name();
        TpmsAttest.Certify ofChild = TpmsAttest.Certify.decode(Vectors.bytes("tpm/certify/c-client-p256/attest.bin"));
        assertThat(ofChild.name()).isEqualTo(child);
        assertThat(Name.ENDORSEMENT.qualify(sha256, child)).isNotEqualTo(ofChild.qualifiedName());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "0023 000b 00050072 0000 0010 0018000b 0003 0010, an AK",
        "0023 000b 00050072 0020 1111111111111111111111111111111111111111111111111111111111111111 0010 0018000b 0003 0010, a policy",
        "0023 000b 00050172 0000 0010 0018000b 0003 0010, firmwareLimited",
        "0023 000b 00050272 0000 0010 0018000b 0003 0010, svnLimited",
        "0023 000b 00040072 0000 0010 0010 0003 0010, no scheme",
        "0023 000b 00050072 0000 0010 001a000b0001 0003 0010, ECDAA has a count",
        "0023 000b 00040072 0000 0010 0019000b 0003 0020000b, a key derivation has a hash",
        "0023 000d 00050072 0000 0010 0018000d 0003 0010, SHA-512"
    })
    void readsEveryForm(String head, String what) {
        assertThat(ofHex(head + POINT).key()).as(what).isInstanceOf(TpmKey.Ecc.class);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "0023 000b 00050072 001f 11111111111111111111111111111111111111111111111111111111111111 0010 0018000b 0003 0010, a policy too short",
        "0023 000b 00050072 0021 111111111111111111111111111111111111111111111111111111111111111111 0010 0018000b 0003 0010, a policy too long",
        "0023 000b 00050073 0000 0010 0018000b 0003 0010, undefined attribute bit 0",
        "0023 000b 0005007a 0000 0010 0018000b 0003 0010, undefined attribute bit 3",
        "0023 000b 00051072 0000 0010 0018000b 0003 0010, undefined attribute bit 12",
        "0023 000b 00150072 0000 0010 0018000b 0003 0010, undefined attribute bit 20",
        "0023 000b 80050072 0000 0010 0018000b 0003 0010, undefined attribute bit 31",
        "0023 0012 00050072 0000 0010 0018000b 0003 0010, a Name by SM3",
        "0023 000b 00050072 0000 0006 0080 0044 0018000b 0003 0010, AES in another mode than CFB",
        "0023 000b 00050072 0000 0006 0040 0043 0018000b 0003 0010, AES of 64 bits",
        "0023 000b 00050072 0000 0026 0080 0043 0018000b 0003 0010, Camellia",
        "0023 000b 00050072 0000 0010 0014000b 0003 0010, RSASSA with an ECC key",
        "0023 000b 00050072 0000 0010 001b000b 0003 0010, SM2",
        "0023 000b 00050072 0000 0010 00180012 0003 0010, ECDSA with SM3",
        "0023 000b 00050072 0000 0010 0018000b 0020 0010, an SM2 curve",
        "0023 000b 00050072 0000 0010 0018000b 0003 0008, an unknown key derivation"
    })
    void refusesEveryOtherForm(String head, String what) {
        assertThatThrownBy(() -> ofHex(head + POINT)).as(what).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "0400 00000000 0080 c, 1024 bits", "0801 00000000 0100 c, 2049 bits", "0800 00000003 0100 c, exponent 3", "0800 00010000 0100 c, exponent 65536",
        "0800 ffffffff 0100 c, a huge exponent", "0800 00000000 0100 4, a modulus whose top bit is clear", "0800 00000000 00ff c, a modulus too short"
    })
    void refusesOtherRsaKeys(String head, String what) {
        int octets = Integer.parseInt(head.substring(14, 18), 16);
        String modulus = head.substring(19) + "0".repeat(2 * octets - 2) + "1";
        String publicArea = "0001000b0005007200000010" + "0014000b" + head.substring(0, 18) + modulus;
        assertThatThrownBy(() -> ofHex(publicArea)).as(what).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00010001"})
    void readsTheDefaultExponentInBothForms(String exponent) {
        String publicArea = "0001000b0005007200000010" + "0014000b" + "0800" + exponent + "0100" + "c" + "0".repeat(510) + "1";
        assertThat(ofHex(publicArea).key()).isInstanceOf(TpmKey.Rsa.class);
    }

    /** Some TPMs leave leading zeros out. */
    @Test
    void padsShortCoordinates() {
        ECPublicKey key;
        String x;
        do {
            key = (ECPublicKey) SoftKey.ecc().pair.getPublic();
            x = SoftKey.fixed(key.getW().getAffineX(), 32);
        } while (!x.startsWith("00"));
        String y = SoftKey.fixed(key.getW().getAffineY(), 32);
        TpmtPublic shortX = ofHex("0023000b00050072000000100018000b00030010" + "001f" + x.substring(2) + "0020" + y);
        TpmtPublic fullX = ofHex("0023000b00050072000000100018000b00030010" + "0020" + x + "0020" + y);
        assertThat(shortX.key()).isEqualTo(fullX.key());
        assertThat(shortX.key().publicKey()).isEqualTo(key);
        assertThat(shortX.name()).as("a Name is over the octets as received").isNotEqualTo(fullX.name());
        String longX = "0021" + "00" + x;
        assertThatThrownBy(() -> ofHex("0023000b00050072000000100018000b00030010" + longX + "0020" + y)).isInstanceOf(Malformed.class);
    }

    @Test
    void keepsToItsSizes() {
        Bytes sized = Vectors.bytes("tpm/device-a/ak-ecc256.pub");
        Bytes bare = sized.slice(2, sized.length());
        assertThat(TpmtPublic.decode(bare)).isEqualTo(TpmtPublic.decodeSized(sized));
        assertThatThrownBy(() -> TpmtPublic.decode(sized)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> TpmtPublic.decodeSized(bare)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> TpmtPublic.decode(Bytes.concat(bare, Bytes.owning(new byte[1])))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> TpmtPublic.decode(Bytes.owning(new byte[1025]))).hasMessage("TPMT_PUBLIC of 1025 octets");
    }
}

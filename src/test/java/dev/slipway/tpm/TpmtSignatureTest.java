package dev.slipway.tpm;

import static dev.slipway.tpm.AttestFixture.aQuote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TpmtSignatureTest {

    private static final Bytes MESSAGE = aQuote().bytes();
    private static final SoftKey ECC = SoftKey.ecc();
    private static final SoftKey RSA = SoftKey.rsa();

    private static boolean verifies(Bytes signature, SoftKey key) {
        return TpmtSignature.decode(signature).verifies(key.publicArea(), MESSAGE);
    }

    @Test
    void verifiesWithTheKeyThatSigned() {
        assertThat(verifies(ECC.sign(MESSAGE), ECC)).isTrue();
        assertThat(verifies(RSA.sign(MESSAGE), RSA)).isTrue();
        assertThat(verifies(ECC.sign(MESSAGE), SoftKey.ecc())).isFalse();
        assertThat(verifies(ECC.sign(MESSAGE), RSA)).isFalse();
        assertThat(verifies(RSA.sign(MESSAGE), ECC)).isFalse();
        assertThat(verifies(ECC.sign(aQuote().withMagic("00000000").bytes()), ECC)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void verifiesOnEveryCurve(String curve) {
        SoftKey key = SoftKey.ecc(curve);
        assertThat(verifies(key.sign(MESSAGE), key)).isTrue();
        assertThat(verifies(key.sign(MESSAGE), SoftKey.ecc(curve))).isFalse();
    }

    /** A TPM never signs with another scheme than the key's own. */
    @ParameterizedTest
    @CsvSource({"0014000b, true", "0010, true", "0016000b, false", "0014000c, false", "0015, false", "0017000b, false"})
    void holdsAnRsaKeyToItsScheme(String scheme, boolean accepted) {
        SoftKey key = SoftKey.rsa().withScheme(scheme);
        assertThat(verifies(key.sign(MESSAGE), key)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"0018000b, true", "0010, true", "0018000c, false", "0019000b, false", "001a000b0000, false"})
    void holdsAnEccKeyToItsScheme(String scheme, boolean accepted) {
        SoftKey key = SoftKey.ecc().withScheme(scheme);
        assertThat(verifies(key.sign(MESSAGE), key)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"32, true", "222, true", "0, false", "20, false", "31, false", "33, false", "221, false"})
    void triesTheTwoSaltLengthsThatTpmsUse(int saltOctets, boolean accepted) {
        SoftKey key = SoftKey.rsa().withScheme("0016000b");
        assertThat(verifies(key.signPss(MESSAGE, saltOctets), key)).isEqualTo(accepted);
    }

    /** Some TPMs leave leading zeros out of r and s. */
    @Test
    void padsShortNumbers() {
        String hex;
        do {
            hex = HexFormat.of().formatHex(ECC.raw("SHA256withECDSAinP1363Format", MESSAGE));
        } while (!hex.startsWith("00"));
        assertThat(verifies(Bytes.fromHex("0018000b001f" + hex.substring(2, 64) + "0020" + hex.substring(64)), ECC)).isTrue();
        assertThat(verifies(Bytes.fromHex("0018000b0020" + hex.substring(0, 64) + "0020" + hex.substring(64)), ECC)).isTrue();
        assertThat(verifies(Bytes.fromHex("0018000b0021" + "00" + hex.substring(0, 64) + "0020" + hex.substring(64)), ECC)).isFalse();
    }

    @Test
    void trustsNoSha1() {
        SoftKey key = SoftKey.ecc().withScheme("0010");
        String hex = HexFormat.of().formatHex(key.raw("SHA1withECDSAinP1363Format", MESSAGE));
        assertThat(verifies(Bytes.fromHex("00180004" + "0020" + hex.substring(0, 64) + "0020" + hex.substring(64)), key)).isFalse();
    }

    @Test
    void refusesNumbersThatAreNone() {
        String zero = "00".repeat(32);
        String order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        assertThat(verifies(Bytes.fromHex("0018000b00000000"), ECC)).isFalse();
        assertThat(verifies(Bytes.fromHex("0018000b0020" + zero + "0020" + zero), ECC)).isFalse();
        assertThat(verifies(Bytes.fromHex("0018000b0020" + order + "0020" + order), ECC)).isFalse();
        assertThat(verifies(Bytes.fromHex("0014000b0000"), RSA)).isFalse();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "'', nothing", "0018, no hash", "0018000b, no numbers", "0018000b0001ff, no s", "0018000b00010100 0101 00, octets after it",
        "0018000b00430000, a number longer than any field", "0014000b0201, an RSA signature of 513 octets", "0010000b, no algorithm",
        "001a000b0001010001010000, ECDAA", "0005000b00, HMAC", "001800120001010001 01, SM3"
    })
    void refusesOtherShapes(String hex, String what) {
        assertThatThrownBy(() -> TpmtSignature.decode(Bytes.fromHex(hex.replace(" ", "")))).as(what).isInstanceOf(Malformed.class);
    }
}

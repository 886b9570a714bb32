package dev.slipway.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.TcgCsrIdevid.Field;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcgCsrIdevidTest {

    private static final Bytes CSR = Vectors.bytes("tpm/device-a/tcg-csr-idevid.bin");

    /** @param at index of the octets that are replaced */
    private static Bytes with(int at, String hex) {
        Bytes replacement = Bytes.fromHex(hex);
        return Bytes.concat(CSR.slice(0, at), replacement, CSR.slice(at + replacement.length(), CSR.length()));
    }

    @Test
    void readsEveryField() {
        TcgCsrIdevid csr = TcgCsrIdevid.decode(CSR);
        assertThat(text(csr, Field.PROD_MODEL)).isEqualTo("EdgeBox100");
        assertThat(text(csr, Field.PROD_SERIAL)).isEqualTo("SN-0001");
        Bytes iak = Vectors.bytes("tpm/device-a/iak.pub");
        assertThat(csr.field(Field.ATTEST_PUB)).isEqualTo(iak.slice(2, iak.length()));
        Bytes idevid = Vectors.bytes("tpm/device-a/idevid.pub");
        assertThat(csr.field(Field.SIGNING_PUB)).isEqualTo(idevid.slice(2, idevid.length()));
        assertThat(csr.field(Field.EK_CERT)).isEqualTo(Vectors.bytes("tpm/device-a/ek-rsa2048.cert.der"));
        assertThat(csr.field(Field.SGN_CERTIFY_INFO)).isEqualTo(Vectors.bytes("tpm/certify/idevid-creation-by-iak/attest.bin"));
        assertThat(csr.field(Field.AT_CREATE_TKT).isEmpty()).isTrue();
        assertThat(csr.field(Field.PAD).length()).isEqualTo(3);
        assertThat(csr.hash()).isEqualTo(TpmHash.TPM_ALG_SHA256.digest(csr.hashed()));
    }

    private static String text(TcgCsrIdevid csr, Field field) {
        return new String(csr.field(field).toArray(), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0, 00000101, another version", "4, 0000064f, content one shorter than it is", "4, 00000651, content one longer",
        "4, ffffffff, four gigabytes of content",
        "8, 00000047, a signature one shorter", "8, 00000401, a signature of 1025 octets", "8, ffffffff, four gigabytes of signature",
        "12, 00000000, another version of the content", "16, 0000ffff, an unknown hash", "16, 0001000b, a hash number beyond 16 bits",
        "20, 00000021, a hash of another size", "20, ffffffff, a huge hash", "56, 0000000b, a field one longer", "56, ffffffff, a huge field",
        "56, 80000000, a field of two gigabytes"
    })
    void refusesOtherShapes(int at, String hex, String what) {
        assertThatThrownBy(() -> TcgCsrIdevid.decode(with(at, hex))).as(what).isInstanceOf(Malformed.class);
    }

    @Test
    void keepsToItsLimit() {
        assertThatThrownBy(() -> TcgCsrIdevid.decode(Bytes.owning(new byte[2 * 1024 * 1024 + 1]))).hasMessageContaining("2097153 octets");
    }
}

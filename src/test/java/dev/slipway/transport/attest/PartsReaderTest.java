package dev.slipway.transport.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsReaderTest {

    private static final String FORM = "multipart/form-data; boundary=XX";
    private static final String CURL = "--XX\r\nContent-Disposition: form-data; name=\"guid\"\r\n\r\n0123\r\n"
            + "--XX\r\nContent-Disposition: form-data; name=\"ek_pub\"; filename=\"ek.pub\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            + "\u0000\r\n--\u00ff\r\n--XX--\r\n";

    private static Parts read(String type, String body) {
        return PartsReader.read(type, Bytes.owning(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Parts cbor(String hex) {
        return PartsReader.read("application/cbor", Bytes.fromHex(hex));
    }

    @Test
    void readsJson() {
        Parts parts = read("application/json; charset=utf-8", " {\"guid\": \"01\", \"ek_pub\": \"AP8=\", \"ek_chain\": [\"AQ==\", \"Ag==\"], \"ek_cert\": null} ");
        assertThat(parts.text("guid")).contains("01");
        assertThat(parts.octets("ek_pub")).isEqualTo(Bytes.fromHex("00ff"));
        assertThat(parts.listOfOctets("ek_chain")).isEqualTo(List.of(Bytes.fromHex("01"), Bytes.fromHex("02")));
        assertThat(parts.optionalOctets("ek_cert")).isEmpty();
        assertThat(parts.hex("guid", 1)).isEqualTo(Bytes.fromHex("01"));
    }

    @Test
    void readsFormsAsCurlSendsThem() {
        Parts parts = read(FORM, CURL);
        assertThat(parts.text("guid")).contains("0123");
        assertThat(parts.hex("guid", 32)).isEqualTo(Bytes.fromHex("0123"));
        assertThat(parts.octets("ek_pub")).isEqualTo(Bytes.fromHex("000d0a2d2dff"));
        assertThat(read("Multipart/Form-Data; charset=x; boundary=\"XX\"", CURL).text("guid")).contains("0123");
    }

    @Test
    void readsCbor() {
        // {"guid": "01", "ek_pub": h'00ff', "ek_chain": [h'01', h'02'], "ek_cert": null, "proof": h'aa'}
        Parts parts = cbor("a5" + "6467756964" + "623031" + "66656b5f707562" + "4200ff" + "68656b5f636861696e" + "8241014102" + "67656b5f63657274" + "f6"
                + "6570726f6f66" + "41aa");
        assertThat(parts.text("guid")).contains("01");
        assertThat(parts.octets("ek_pub")).isEqualTo(Bytes.fromHex("00ff"));
        assertThat(parts.listOfOctets("ek_chain")).isEqualTo(List.of(Bytes.fromHex("01"), Bytes.fromHex("02")));
        assertThat(parts.optionalOctets("ek_cert")).isEmpty();
        assertThat(parts.hex("proof", 1)).isEqualTo(Bytes.fromHex("aa"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[]", "1", "\"x\"", "{", "{}x", "{} {}", "{\"a\":1}", "{\"a\":true}", "{\"a\":{}}", "{\"a\":[1]}", "{\"a\":[[\"x\"]]}", "{\"a\":\"x\",\"a\":\"y\"}",
        "{\"a\":[\"x\"", "{\"\":\"x\"}", "{'a':'x'}", "{\"a\":\"x\",}", "/* */ {}"
    })
    void refusesWhatIsNotOneObjectOfTexts(String json) {
        assertThatThrownBy(() -> read("application/json", json)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "--XX", "--XX--x", "--XY--", "--XX\r\n\r\n\r\n--XX--", "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XX", "--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--XX--", "--XXContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XX--"
    })
    void refusesFormsThatAreNot(String form) {
        assertThatThrownBy(() -> read(FORM, form)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "80", "a1", "a10101", "a1616101", "a161618140", "a26161416161614162", "a1616140ff", "a16161a0", "bf616140ff", "a161615f4101ff"
    })
    void refusesCborThatIsNot(String hex) {
        if (hex.equals("a161618140")) {
            assertThat(cbor(hex).listOfOctets("a")).isEqualTo(List.of(Bytes.EMPTY));
        } else {
            assertThatThrownBy(() -> cbor(hex)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void refusesTypesThatNobodySends() {
        for (String type : List.of("", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "multipart/form-data", "multipart/form-data; boundary=")) {
            assertThatThrownBy(() -> read(type, "{}")).as(type).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void refusesWhatNobodyReads() {
        Parts parts = read("application/json", "{\"ek_pub\":\"AP8=\",\"ek_sert\":\"AP8=\"}");
        assertThatThrownBy(() -> parts.requireOnly(Set.of("ek_pub", "ek_cert"))).isInstanceOf(Malformed.class).hasMessageContaining("'ek_sert'");
        assertThatThrownBy(() -> parts.octets("ak_pub")).isInstanceOf(Malformed.class).hasMessageContaining("there is no 'ak_pub'");
        assertThatThrownBy(() -> read("application/json", "{\"a\":\"!\"}").octets("a")).isInstanceOf(Malformed.class).hasMessageContaining("base64");
        assertThatThrownBy(() -> read("application/json", "{\"a\":\"!\"}").hex("a", 1)).isInstanceOf(Malformed.class).hasMessageContaining("hex");
        assertThatThrownBy(() -> read("application/json", "{\"a\":[\"AA==\",\"AA==\"]}").octets("a")).isInstanceOf(Malformed.class);
        String many = "\"x\",".repeat(24) + "\"x\"";
        assertThatThrownBy(() -> read("application/json", "{\"a\":[" + many + "]}")).isInstanceOf(Malformed.class).hasMessageContaining("24");
    }

    /** Whatever comes, there is a value or a {@link Malformed}. */
    @Test
    void readsOrRefusesWhateverComes() {
        Random random = new Random(11);
        byte[] form = CURL.getBytes(StandardCharsets.ISO_8859_1);
        byte[] json = "{\"guid\": \"01\", \"ek_chain\": [\"AQ==\", \"Ag==\"]}".getBytes(StandardCharsets.US_ASCII);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean isForm = i % 2 == 0;
            byte[] body = (isForm ? form : json).clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                PartsReader.read(isForm ? FORM : "application/json", Bytes.owning(body));
                read++;
            } catch (Malformed e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isBetween(1_000, 19_000);
    }
}

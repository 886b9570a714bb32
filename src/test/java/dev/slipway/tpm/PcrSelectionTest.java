package dev.slipway.tpm;

import static dev.slipway.tpm.AttestFixture.aQuote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcrSelectionTest {

    private static PcrSelection read(String hex) {
        return TpmsAttest.Quote.decode(aQuote().withPcrs(hex.replace(" ", ""), Bytes.EMPTY).bytes()).pcrSelect();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
        "00000001 000b 03 950a00 | sha256:0,2,4,7,9,11",
        "00000001 000b 03 000080 | sha256:23",
        "00000001 000b 04 00000080 | sha256:31",
        "00000002 000b 03 900800 0004 03 810000 | sha256:4,7,11+sha1:0,7",
        "00000002 000d 03 010000 000c 04 01000000 | sha512:0+sha384:0"
    })
    void readsBanksInTheirOrder(String hex, String text) {
        assertThat(read(hex)).hasToString(text).isEqualTo(PcrSelection.parse(text));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "00000001 0012 03 010000, an unknown bank", "00000001 000b 03 000000, an empty bank", "00000001 000b 02 0100, two octets",
        "00000001 000b 05 0100000000, five octets", "00000001 000b 00, no octets", "00000002 000b 03 010000 000b 03 020000, a bank twice",
        "00000002 000b 03 010000, fewer banks than it says", "00000009 000b 03 010000, nine banks", "7fffffff 000b 03 010000, two billion banks",
        "ffffffff 000b 03 010000, four billion banks"
    })
    void refusesOtherShapes(String hex, String what) {
        assertThatThrownBy(() -> read(hex)).as(what).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "sha256", "sha256:", "sha256:0,", "sha256:,0", "sha256:7,0", "sha256:0,0", "sha256:32", "sha256:-1", "sha256:0+", "sha256:0+sha256:1", "md5:0",
        "SHA256:0", "sha256:0:1", "sha256: 0", "sha256:000"
    })
    void refusesOtherNotations(String text) {
        assertThatThrownBy(() -> PcrSelection.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

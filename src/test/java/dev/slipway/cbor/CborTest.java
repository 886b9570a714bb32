package dev.slipway.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {

    private static CborItem item(String hex) {
        return CborItem.decode(Bytes.fromHex(hex));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', nothing", "1f, reserved", "1c00, reserved", "5fff, indefinite bytes", "7fff, indefinite text", "9fff, indefinite array", "bfff, indefinite map",
        "ff, break", "18, no argument", "1900, short argument", "42 00, short bytes", "5affffffff, four gigabytes of bytes", "5b7fffffffffffffff, huge bytes",
        "5bffffffffffffffff, more than huge", "9affffffff, four billion items", "9bffffffffffffffff, more", "bb7fffffffffffffff, huge map",
        "a100, key without value", "a2 0000 0001, the same key twice", "a2 0000 180001, the same key written longer", "a2 6161 00 6161 01, the same text twice",
        "0000, two items", "8000, trailing", "f810, simple value in two octets", "c1, tag without item", "82 00, array cut"
    })
    void refusesWhatIsNotWellFormed(String hex, String why) {
        assertThatThrownBy(() -> item(hex.replace(" ", ""))).as(why).isInstanceOf(Malformed.class);
    }

    @Test
    void limitsNesting() {
        assertThat(item("81".repeat(15) + "00").isArray()).isTrue();
        assertThatThrownBy(() -> item("81".repeat(16) + "00")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> item("81".repeat(100_000))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> item("c1".repeat(100_000) + "00")).isInstanceOf(Malformed.class);
    }

    /** Each takes much more memory than octets. */
    @Test
    void refusesMoreItemsThanAnythingHas() {
        assertThat(item("99270f" + "00".repeat(9_999)).isArray()).isTrue();
        assertThatThrownBy(() -> item("992710" + "00".repeat(10_000))).isInstanceOf(Malformed.class).hasMessageContaining("10000 items");
        assertThatThrownBy(() -> item("82" + ("991388" + "00".repeat(5_000)).repeat(2))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "1800", "190000", "1a00000000", "1b0000000000000000"})
    void toleratesIntegersWrittenLongerThanNeedBe(String hex) {
        assertThat(item(hex).integer()).isZero();
        assertThat(item(hex).bytes()).isEqualTo(Bytes.fromHex(hex));
    }

    @Test
    void readsIntegersUpToTheirLimits() {
        assertThat(item("1b7fffffffffffffff").integer()).isEqualTo(Long.MAX_VALUE);
        assertThat(item("3b7fffffffffffffff").integer()).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> item("1b8000000000000000").integer()).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> item("3b8000000000000000").integer()).isInstanceOf(Malformed.class);
        assertThat(item("1affffffff").uint32()).isEqualTo(4_294_967_295L);
        assertThatThrownBy(() -> item("1b0000000100000000").uint32()).isInstanceOf(Malformed.class);
        assertThat(item("18ff").uint(255)).isEqualTo(255);
        assertThatThrownBy(() -> item("190100").uint(255)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> item("20").uint(255)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61ff", "62c328", "63eda080", "61c3", "64f4908080"})
    void refusesTextThatIsNotUtf8(String hex) {
        assertThatThrownBy(() -> item(hex).text(100)).isInstanceOf(Malformed.class);
    }

    @Test
    void limitsText() {
        assertThat(item("63616263").text(3)).isEqualTo("abc");
        assertThatThrownBy(() -> item("63616263").text(2)).isInstanceOf(Malformed.class);
    }

    @Test
    void keepsTheOctetsOfEveryPart() {
        CborItem array = item("83 d28443a10126a041004100 1800 4101".replace(" ", ""));
        assertThat(array.array(3).get(0).bytes().toHex()).isEqualTo("d28443a10126a041004100");
        assertThat(array.array(3).get(1).bytes().toHex()).isEqualTo("1800");
        assertThat(array.array(3).get(2).byteString().toHex()).isEqualTo("01");
        assertThat(array.array(3).get(0).tagged(18).array(4)).hasSize(4);
        assertThatThrownBy(() -> array.array(3).get(0).tagged(16)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> array.array(2)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> array.array(4)).isInstanceOf(Malformed.class);
    }

    @Test
    void readsSequencesAsFarAsTheyHaveCome() {
        CborSequence sequence = CborSequence.decode(Bytes.fromHex("0163616263426162".substring(0, 14)));
        assertThat(sequence.items()).hasSize(2);
        assertThat(sequence.rest().toHex()).isEqualTo("4261");
        assertThat(CborSequence.decode(Bytes.EMPTY).items()).isEmpty();
        assertThatThrownBy(() -> CborSequence.decode(Bytes.fromHex("01ff"))).isInstanceOf(Malformed.class);
    }

    /** RFC 8949, Appendix A, Examples of Encoded CBOR Data Items. */
    @ParameterizedTest
    @CsvSource({
        "0, 00", "1, 01", "10, 0a", "23, 17", "24, 1818", "25, 1819", "100, 1864", "1000, 1903e8", "1000000, 1a000f4240", "1000000000000, 1b000000e8d4a51000",
        "-1, 20", "-10, 29", "-100, 3863", "-1000, 3903e7", "255, 18ff", "256, 190100", "65535, 19ffff", "65536, 1a00010000", "4294967296, 1b0000000100000000"
    })
    void writesIntegersAsShortAsCanBe(long value, String hex) {
        assertThat(new CborWriter().integer(value).toBytes().toHex()).isEqualTo(hex);
    }

    @Test
    void writesEverythingElseDeterministically() {
        Bytes written = new CborWriter()
                .tag(18).array(7).byteString(Bytes.fromHex("01020304")).text("IETF").text("").bool(true).bool(false).nul().map(1).integer(1).raw(Bytes.fromHex("80"))
                .toBytes();
        assertThat(written.toHex()).isEqualTo("d287440102030464494554" + "4660" + "f5f4f6a10180");
        assertThat(new CborWriter().text("\u00fc\u6c34\ud800\udd51").toBytes().toHex()).isEqualTo("69c3bce6b0b4f0908591");
        assertThat(new CborWriter().byteString(Bytes.owning(new byte[24])).toBytes().slice(0, 2).toHex()).isEqualTo("5818");
    }

    @Test
    void showsNoContent() {
        assertThat(item("63616263")).hasToString("TEXT of 4 octets");
    }
}

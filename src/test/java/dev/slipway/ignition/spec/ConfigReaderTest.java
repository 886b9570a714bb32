package dev.slipway.ignition.spec;

import static dev.slipway.ignition.spec.Configs.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static Remark refusal(Bytes text) {
        ConfigReader.Reading reading = ConfigReader.read(text);
        assertThat(reading.tree()).isEmpty();
        assertThat(reading.report().isValid()).isFalse();
        assertThat(reading.report().remarks()).hasSize(1);
        return reading.report().remarks().getFirst();
    }

    private static void assertRefused(Bytes text, String id, Position position) {
        assertThat(refusal(text).id()).isEqualTo(id);
        assertThat(refusal(text).position()).isEqualTo(Optional.ofNullable(position));
    }

    /** Positions as ignition-validate has them: after the octet that does not fit. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'a': 1,} | 1 | 10", "{'a': 1}{} | 1 | 10", "{'a': 1} x | 1 | 11", "hello | 1 | 2",
        "{'a': 01} | 1 | 9", "[1 2] | 1 | 5", "/**/{} | 1 | 2", "{a: 1} | 1 | 3"})
    void saysWhereTheJsonEnds(String text, int line, int column) {
        assertRefused(bytes(text), "json.syntax", new Position(line, column));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{'a", "{'a': ", "[1,", "tru", "'a", "{'a': 1"})
    void refusesWhatIsCutOff(String text) {
        assertThat(refusal(bytes(text)).id()).isEqualTo("json.syntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void refusesNothing(String text) {
        assertRefused(bytes(text), "json.empty", null);
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        Bytes text = bytes("{'a': {\n  'b': [0, {'c': 1, 'd': 2, 'c': {}}]}}");
        assertRefused(text, "json.duplicate-key", new Position(2, 29));
        assertThat(refusal(text).path()).hasToString("$.a.b.1.c");
    }

    @Test
    void refusesOtherEncodings() {
        assertRefused(Bytes.fromHex("efbbbf7b7d"), "document.byte-order-mark", new Position(1, 2));
        assertRefused(Bytes.fromHex("7b22ff223a317d"), "document.not-utf8", null);
        assertRefused(Bytes.fromHex("7b22c0af223a317d"), "document.not-utf8", null);
        assertThat(ConfigReader.read(Bytes.fromHex("fffe7b007d00")).tree()).isEmpty();
    }

    @Test
    void refusesTextsThatCannotBeWrittenAgain() {
        assertRefused(bytes("{'a': ['\\ud83d']}"), "json.surrogate", null);
        assertThat(refusal(bytes("{'\\ude00': 1}")).id()).isEqualTo("json.syntax");
        assertThat(ConfigReader.read(bytes("{'a': '\\ud83d\\ude00'}")).tree()).isPresent();
    }

    @Test
    void keepsItsLimits() {
        assertThat(ConfigReader.read(bytes("[".repeat(32) + "]".repeat(32))).tree()).isPresent();
        assertThat(refusal(bytes("[".repeat(33) + "]".repeat(33))).id()).isEqualTo("json.limit");
        assertThat(ConfigReader.read(bytes("{}" + " ".repeat((1 << 20) - 2))).tree()).isPresent();
        assertThat(refusal(bytes("{}" + " ".repeat((1 << 20) - 1))).id()).isEqualTo("document.too-large");
    }

    @Test
    void quotesNothing() {
        assertThat(refusal(bytes("{'top-secret' x}")).message()).doesNotContain("secret");
        assertThat(refusal(bytes("{'a': secret}")).message()).doesNotContain("secret");
    }
}

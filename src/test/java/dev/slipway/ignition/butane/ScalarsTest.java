package dev.slipway.ignition.butane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What Butane was seen to make of the same scalars. */
class ScalarsTest {

    private static ScalarNode scalar(String yaml) {
        return (ScalarNode) new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "0644, 420", "0o644, 420", "0O644, 420", "420, 420", "0x1a4, 420", "0X1A4, 420", "420.0, 420", "4.2e2, 420", "08, 8", "0779, 779", "0b11, 3",
        "+7, 7", "-7, -7", "-0x10, -16", "1_000, 1000", "0, 0", "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"})
    void readsWholeNumbers(String yaml, long number) {
        assertThat(Scalars.whole(scalar(yaml))).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"420\"", "'420'", "x", "420.5", ".5", ".inf", "1e999", "_1", "12:30", "2001-01-01", "0x", "0o8", "9223372036854775808",
        "1e99999999999", "true", "1 2"})
    void takesNothingElseForAWholeNumber(String yaml) {
        assertThat(Scalars.whole(scalar(yaml))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "yes, true", "on, true", "y, true", "false, false", "FALSE, false", "No, false", "OFF, false", "n, false",
        "'\"yes\"', true"})
    void readsTruthValues(String yaml, boolean flag) {
        assertThat(Scalars.flag(scalar(yaml))).isEqualTo(Optional.of(flag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"true\"", "1", "0", "tRue", "yEs", "x", "'false'"})
    void takesNothingElseForATruthValue(String yaml) {
        assertThat(Scalars.flag(scalar(yaml))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "Null", "NULL"})
    void readsNull(String yaml) {
        assertThat(Scalars.isNull(scalar(yaml))).isTrue();
        assertThat(Scalars.isNull(scalar("\"" + yaml + "\""))).isFalse();
    }
}

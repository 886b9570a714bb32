package dev.slipway.ignition.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ignition.spec.AcceptHeader.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {

    private static final String TYPE = "application/vnd.coreos.ignition+json";

    private static Choice choose(String value) {
        return AcceptHeader.choose(value, IgnitionVersion.V3_6_0);
    }

    private static Choice served(String version) {
        return new Choice.Version(IgnitionVersion.find(version).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"3.0.0,3.0.0", "3.4.0,3.4.0", "3.6.0,3.6.0", "3.7.0,3.6.0", "3.10.0,3.6.0", "3.3.1,3.3.0", "3.7.0-experimental,3.6.0",
        "3.5.0-experimental,3.4.0", "3.5.1-dev,3.5.0", "3.4,3.4.0", "3,3.0.0"})
    void servesTheNewestThatTheProgramReads(String asked, String version) {
        assertThat(choose(TYPE + ";version=" + asked + ", */*;q=0.1")).isEqualTo(served(version));
    }

    @Test
    void servesNothingNewerThanThereIs() {
        assertThat(AcceptHeader.choose(TYPE + ";version=3.5.0", IgnitionVersion.V3_3_0)).isEqualTo(served("3.3.0"));
        assertThat(AcceptHeader.choose(TYPE + ";version=3.1.0", IgnitionVersion.V3_3_0)).isEqualTo(served("3.1.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "application/vnd.coreos.ignition+json; version=2.4.0, application/vnd.coreos.ignition+json; version=1; q=0.5, */*; q=0.1",
        TYPE + ";version=2.2.0", TYPE + ";version=4.0.0", TYPE + ";version=1", TYPE + ";version=3.0.0-experimental", TYPE + ";version=999999.0.0"})
    void refusesOtherMajors(String value) {
        assertThat(choose(value)).isEqualTo(new Choice.OtherMajor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "application/json", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", TYPE, TYPE + ";q=1", ",,;;=,",
        TYPE + ";version=", TYPE + ";version=x", TYPE + ";version=3.4.0.0", TYPE + ";version=v3.4.0", TYPE + ";version=3.4.0;q=0",
        TYPE + ";version=3.4.0;q=0.000", TYPE + ";version=3.4.0;q=2", TYPE + ";version=3.4.0;q=x", "application/x+json;version=3.4.0",
        TYPE + ";version=33333333333.0.0", "text/plain;x=\"" + TYPE + ";version=3.4.0\""})
    void seesNoEntry(String value) {
        assertThat(choose(value)).isEqualTo(new Choice.NoEntry());
    }

    @ParameterizedTest
    @ValueSource(strings = {TYPE + " ; version = 3.4.0", "Application/VND.CoreOS.Ignition+JSON;Version=3.4.0", TYPE + ";version=\"3.4.0\"",
        "text/plain;x=\"a,b;c\"," + TYPE + ";charset=utf-8;version=3.4.0", "\t" + TYPE + ";version=3.4.0\t", TYPE + ";version=3.4.0;q=0.1",
        TYPE + ";version=2.3.0, " + TYPE + ";version=3.4.0;q=0.5", TYPE + ";version=3.3.0;q=0.4, " + TYPE + ";version=3.4.0;Q=0.5"})
    void readsHeadersAsOthersWriteThem(String value) {
        assertThat(choose(value)).isEqualTo(served("3.4.0"));
    }
}

package dev.slipway.ignition.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "A=b\n[Unit]\nA=b", "[Unit]\n  A = b \n", "[Unit]\nA=b\\\n c without equals\n",
        "[Unit]\n# a \\\n b\nA=b", "[]\n",
        "[Unit]  \r\n\tA=b\r\n", "; [x\n[Unit]\n\n=b\n", "[Unit]\u00a0\nA=b", "[Unit]\nA=\\", "a [Unit]\nA=b"})
    void takesUnits(String text) {
        assertThat(UnitFile.read(text).complaint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Unit", "[Unit] x\n", "[Unit]\nA\n", "[Unit]\nA", "[Unit]\nA=b\n\nc\n", "[Unit]\nA=b\\\n\nc\n",
        "[Unit]\r\nA=b\\\r\nc\r\n", "[Unit]\u0000\nA=b", "x[Unit]]\nA=b"})
    void refusesOtherTexts(String text) {
        assertThat(UnitFile.read(text).complaint()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {2047, 2048})
    void limitsTheLine(int octets) {
        String line = "A=" + "x".repeat(octets - 2);
        assertThat(UnitFile.read("[Unit]\n" + line + "\n" + "B=c\n".repeat(600)).complaint().isPresent()).isEqualTo(octets >= 2048);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Install]\nA=b", "[Unit]\nA=b\n[Install]\nA=b\n[X]\n"})
    void findsWhatEnablingDoes(String text) {
        assertThat(UnitFile.read(text).hasInstall()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[Install]\n", "[Install]\n# A=b\n", "[ Install ]\nA=b\n", "[Install]\n[Unit]\nA=b\n", "# [Install]\nA=b\n"})
    void findsThatEnablingDoesNothing(String text) {
        assertThat(UnitFile.read(text).hasInstall()).isFalse();
    }
}

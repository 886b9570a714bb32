package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeTextTest {

    @Test
    void showsLinesThatWentOrCameWithTheirNeighbours() {
        assertThat(ChangeText.lines("a", Optional.of("1\n2\n3\n4\n5\n6\n7\n"), Optional.of("1\n2\n3\nfour\n5\n6\n7\n"), false))
                .containsExactly("  a", "      2", "      3", "    - 4", "    + four", "      5", "      6", "      …");
    }

    /** What is too long to be compared line by line is shown whole, in memory that grows with its length only. */
    @Test
    void showsLongTextsWhole() {
        List<String> lines = ChangeText.lines("a", Optional.of("x\n".repeat(20_000)), Optional.of("y\n".repeat(20_000)), false);
        assertThat(lines).hasSize(40_001).contains("    - x", "    + y");
    }

    @Test
    void keepsControlCharactersFromTheTerminal() {
        assertThat(ChangeText.lines("a", Optional.empty(), Optional.of("\u009b31m\u001b[2J"), false)).containsExactly("  a (added)", "    + ?31m?[2J");
    }
}

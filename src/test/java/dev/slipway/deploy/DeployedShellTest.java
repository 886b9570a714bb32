package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shell programs that others run as root, on machines of which nothing else is known. */
class DeployedShellTest {

    static List<Path> programs() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("deploy"))) {
            List<Path> programs = files.filter(file -> file.toString().endsWith(".sh")).toList();
            assertThat(programs).hasSizeGreaterThanOrEqualTo(3);
            return programs;
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void areSound(Path program) throws IOException, InterruptedException {
        Process check = new ProcessBuilder("shellcheck", program.toString()).redirectErrorStream(true).start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(program.toFile().canExecute()).as("%s can be run", program).isTrue();
    }
}

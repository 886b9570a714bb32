package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ignition.butane.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the samples of Butane profiles are compared with is what real Butane makes of the same config without expressions, and real Ignition takes. */
class ButaneProfileIT {

    private static final List<String> FOLDERS = List.of("config-templates", "src/test/resources/profiles");

    @TestFactory
    Stream<DynamicTest> realProgramsAgreeWithEachSample() throws IOException {
        return FOLDERS.stream().map(Commands.baseFolder()::resolve).flatMap(ButaneProfileIT::list)
                .filter(profile -> Files.exists(profile.resolve("config.bu")))
                .flatMap(profile -> list(profile.resolve("samples"))
                        .filter(sample -> sample.toString().endsWith(".yaml"))
                        .map(sample -> DynamicTest.dynamicTest(
                                profile.getFileName() + "/" + sample.getFileName(), () -> check(profile, sample.toString().replace(".yaml", "")))));
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void check(Path profile, String sample) throws IOException {
        Commands.Result translated = Commands.run(profile, Map.of(), 20,
                List.of(Commands.tool("butane"), "--strict", "--files-dir", Files.isDirectory(profile.resolve("files")) ? "files" : ".", sample + ".bu"));
        assertThat(translated.exitCode()).as(translated.output()).isZero();
        assertThat(Resources.comparable(translated.output())).isEqualTo(Resources.comparable(Files.readString(Path.of(sample + ".ign.json"))));
        Commands.Result validated = Commands.run(profile, Map.of(), 20, List.of(Commands.tool("ignition-validate"), sample + ".ign.json"));
        assertThat(validated.exitCode()).as(validated.output()).isZero();
    }
}

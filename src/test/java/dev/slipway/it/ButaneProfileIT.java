package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ignition.butane.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the samples of the Butane profile are compared with is what real Butane makes of the same config without expressions. */
class ButaneProfileIT {

    private static final Path KIOSK = Commands.baseFolder().resolve("src/test/resources/profiles/kiosk");

    @ParameterizedTest
    @ValueSource(strings = {"lobby", "plain"})
    void realButaneMakesTheSameOfTheConfigWithItsValuesWrittenOut(String sample) throws IOException {
        Commands.Result result = Commands.run(KIOSK, Map.of(), 20,
                List.of(Commands.tool("butane"), "--strict", "--files-dir", "files", "samples/" + sample + ".bu"));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(Resources.comparable(result.output()))
                .isEqualTo(Resources.comparable(Files.readString(KIOSK.resolve("samples/" + sample + ".ign.json"))));
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurements do what they measure. How fast that is, a test does not say. */
class BenchIT {

    private static final int SECONDS = 180;

    @TempDir
    private Path folder;

    private String bench(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Commands.launcher(), "bench"));
        command.addAll(List.of(arguments));
        Commands.Result result = Commands.run(folder, Map.of(), SECONDS, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    /** What it printed after it had told how far it was. */
    private JsonNode figures(String... arguments) throws IOException {
        String output = bench(arguments);
        return new ObjectMapper().readTree(output.substring(output.indexOf("\n{")));
    }

    @Test
    void onboardsDevices() {
        String bench = bench("--devices", "40", "--warm-up", "20", "--parallel", "4,8");
        assertThat(bench).contains(
                "ready for the first DI", "server CPU of a TO1 and TO2", "spread of the worst message, 8 at once", "failed, 8 at once",
                "resident memory after the warm-up", "bare public-key cryptography", "p99 ms");
        assertThat(bench.lines().filter(line -> line.contains("failed, 8 at once"))).singleElement().asString().startsWith("met");
    }

    @Test
    void bootsDevicesThatHaveToProveWhatTheyBooted() throws IOException {
        JsonNode measured = figures("attested", "--devices", "20", "--warm-up", "1", "--json");
        assertThat(measured.path("boots").asInt()).isEqualTo(20);
        assertThat(measured.path("failed").asInt()).isZero();
        assertThat(measured.at("/latencyNanoseconds/evidence/count").asInt()).isEqualTo(20);
        assertThat(measured.at("/goals/0/figure").asText()).isEqualTo("attested boots");
    }

    @Test
    void fetchesConfigs() throws IOException {
        JsonNode measured = figures("configs", "--devices", "20", "--requests", "60", "--json");
        assertThat(measured.path("phases")).hasSize(3).allMatch(phase -> phase.path("otherwise").asInt() == 0);
        assertThat(measured.at("/phases/0/count").asInt()).isEqualTo(60);
        assertThat(measured.at("/phases/1/count").asInt()).isEqualTo(20);
    }

    @Test
    void appliesAProfileThatIsTriedOnEachDevice() throws IOException {
        JsonNode measured = figures("apply", "--devices", "20", "--json");
        assertThat(measured.toString()).contains("an apply that tries 20 devices");
    }
}

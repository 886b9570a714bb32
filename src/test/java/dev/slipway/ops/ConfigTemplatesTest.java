package dev.slipway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.DeviceFacts;
import dev.slipway.ignition.ParameterValues;
import dev.slipway.ignition.PlanStep;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.butane.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Renders each sample of each profile that is delivered, and of one in Butane, and compares it with the config beside it. */
class ConfigTemplatesTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final Path TEMPLATES = BASE.resolve("config-templates");
    private static final Path BUTANE_PROFILES = BASE.resolve("src/test/resources/profiles");

    private static Stream<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList().stream();
        }
    }

    @TestFactory
    Stream<DynamicTest> rendersEachSampleAsExpected() throws IOException {
        return Stream.concat(list(TEMPLATES), list(BUTANE_PROFILES)).flatMap(folder -> {
            Profile profile = ProfileFolder.of(folder.getParent(), folder.getFileName().toString()).parse();
            try {
                assertThat(list(folder.resolve("samples")).filter(f -> f.toString().endsWith(".yaml"))).as("samples").isNotEmpty();
                return list(folder.resolve("samples")).filter(f -> f.toString().endsWith(".yaml"))
                        .map(sample -> DynamicTest.dynamicTest(folder.getParent().relativize(sample).toString(), () -> check(profile, sample)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void findsNothingToWarnOf() throws IOException {
        assertThat(list(TEMPLATES).flatMap(folder -> ProfileFolder.of(TEMPLATES, folder.getFileName().toString()).parse().warnings().stream()))
                .filteredOn(finding -> finding.severity() != Finding.Severity.INFO)
                .isEmpty();
    }

    private static void check(Profile profile, Path sample) throws IOException {
        RenderedConfig rendered = render(profile, sample, profile::render);
        Path expected = Path.of(sample.toString().replaceFirst("\\.yaml$", ".ign.json"));
        assertThat(Resources.comparable(new String(rendered.octets().toArray(), StandardCharsets.UTF_8)))
                .isEqualTo(Resources.comparable(Files.readString(expected)));
    }

    @SuppressWarnings("unchecked")
    private static <T> T render(Profile profile, Path sample, BiFunction<DeviceFacts, ParameterValues, T> rendering) throws IOException {
        Map<String, Object> top = (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(sample));
        Map<String, Object> device = (Map<String, Object>) top.get("device");
        DeviceFacts facts = new DeviceFacts(device.get("guid").toString(), device.get("serial").toString(), device.get("model").toString(),
                device.get("manufacturer").toString(), (Map<String, String>) device.get("labels"));
        String parameters = new Dump(DumpSettings.builder().build()).dumpToString(top.get("parameters"));
        return rendering.apply(facts, ParameterValues.parse(profile.parameters(), Bytes.of(parameters.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void edgeGatewaySendsItsConfigByDefaultAndMasksItsToken() throws IOException {
        Profile profile = ProfileFolder.of(TEMPLATES, "edge-gateway").parse();
        assertThat(profile.plan()).containsExactly(new PlanStep.Download("config", "/etc/slipway/config.ign"));
        assertThat(render(profile, TEMPLATES.resolve("edge-gateway/samples/store-17.yaml"), profile::renderMasked))
                .contains("\"source\" : \"data:,********%0A\"").doesNotContain("not-a-real-token");
    }
}

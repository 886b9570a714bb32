package dev.slipway.ignition.butane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.failure.Finding;
import dev.slipway.ops.LocalFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The configs that real Butane was given, with what it made of them. */
class ButaneVectorsTest {

    private static final Pattern PLACE = Pattern.compile("at \\$.*, line (\\d+) col (\\d+)");

    /** Butane warns of a key that it does not know, and goes on; here it is an error, and all that is wrong. */
    private static final Set<String> UNKNOWN_KEY = Set.of("file-local-in-1.0.0-warns", "unit-local-in-1.4.0-warns", "unknown-key-warns");

    /** Named at another line: where a document breaks off. And not at all: a merge key, which Butane warns of, and which works. */
    private static final Set<String> OTHER_LINES = Set.of("bad-yaml", "yaml-anchor");

    private record Outcome(Optional<JsonNode> config, List<Finding> findings) {
        List<Finding> errors() {
            return findings.stream().filter(Finding::isError).toList();
        }
    }

    @TempDir
    private static Path files;

    @BeforeAll
    static void copyFiles() throws IOException {
        VectorFiles.copyTo(files);
    }

    private static Stream<Map.Entry<String, JsonNode>> cases() throws IOException {
        return new ObjectMapper().readTree(Vectors.text("butane/expected.json")).get("cases").properties().stream();
    }

    private static Outcome translate(String name, JsonNode expected) {
        LocalFiles local = expected.has("files_dir") ? LocalFolder.of(files) : LocalFiles.NONE;
        List<Finding> findings = new ArrayList<>();
        Optional<ButaneConfig> config = ButaneConfig.read("config.bu", Vectors.bytes("butane/cases/" + name + ".bu"), Markup.NONE, findings);
        Optional<TranslatedConfig> translated = config.flatMap(read -> Translator.translate(read, read.tree(), Assets.of(local), findings));
        translated.ifPresent(result -> findings.addAll(result.validate()));
        return new Outcome(translated.map(TranslatedConfig::config), findings);
    }

    @TestFactory
    Stream<DynamicTest> translatesAsButaneDoes() throws IOException {
        return cases().filter(entry -> entry.getValue().get("accepted").asBoolean()).map(entry ->
                DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Outcome outcome = translate(entry.getKey(), entry.getValue());
                    assertThat(outcome.errors()).extracting(Finding::id)
                            .isEqualTo(UNKNOWN_KEY.contains(entry.getKey()) ? List.of("butane.unknown-key") : List.of());
                    assertThat(outcome.config().map(Resources::comparable))
                            .contains(Resources.comparable(Vectors.text("butane/cases/" + entry.getKey() + ".ign")));
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatButaneRefuses() throws IOException {
        return cases().filter(entry -> !entry.getValue().get("accepted").asBoolean()).map(entry ->
                DynamicTest.dynamicTest(entry.getKey(), () -> assertThat(translate(entry.getKey(), entry.getValue()).errors()).isNotEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> namesTheLinesThatButaneNames() throws IOException {
        return cases().filter(entry -> entry.getValue().has("report") && !OTHER_LINES.contains(entry.getKey())).map(entry ->
                DynamicTest.dynamicTest(entry.getKey(), () -> {
                    List<String> places = translate(entry.getKey(), entry.getValue()).findings().stream()
                            .map(finding -> finding.position().orElseThrow().toString()).toList();
                    assertThat(places).containsAll(places(entry.getValue().get("report")));
                }));
    }

    private static Set<String> places(JsonNode report) {
        Set<String> places = new TreeSet<>();
        for (JsonNode line : report) {
            Matcher place = PLACE.matcher(line.asText());
            if (place.find()) {
                places.add("line " + place.group(1) + ", column " + place.group(2));
            }
        }
        return places;
    }

    @Test
    void countsTheVectors() throws IOException {
        assertThat(cases()).hasSize(70);
        assertThat(cases().filter(entry -> entry.getValue().get("accepted").asBoolean())).hasSize(46);
    }
}

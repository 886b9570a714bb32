package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.spec.ConfigReport;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.Conversion;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real Ignition and we agree on thousands of configs that are nearly right. */
class ConfigMutationIT {

    private static final int DOCUMENTS = 3000;
    private static final int CONVERSIONS = 500;
    private static final Duration TIME = Duration.ofSeconds(40);

    /** Ignition decodes the value of a second key, also in other letter case, over that of the first; we do not. */
    private static final String DUPLICATE_KEY = "json.duplicate-key";

    @Test
    void agreesWithIgnitionOnMutatedConfigs() throws Exception {
        Random random = new Random(Verdict.seed());
        List<JsonNode> configs = configs();
        Mutator mutator = new Mutator(random, configs);
        List<String> differences = new ArrayList<>();
        Instant end = Instant.now().plus(TIME);
        int accepted = 0;
        int documents = 0;
        for (; documents < DOCUMENTS && Instant.now().isBefore(end); documents++) {
            String text = mutator.mutate(configs.get(random.nextInt(configs.size())));
            ConfigReport report = ConfigValidator.validate(Bytes.owning(text.getBytes(StandardCharsets.UTF_8)));
            Verdict real = Verdict.ofIgnition(text);
            accepted += real.accepted() ? 1 : 0;
            assertThat(real.accepted() || !report.isValid()).as(text).isTrue();
            difference(report, real).ifPresent(difference -> differences.add(difference + "\n    " + text));
        }
        assertThat(differences).isEmpty();
        assertThat(accepted).as("accepted by Ignition of " + documents).isBetween(documents / 10, documents - documents / 10);
        assertThat(documents).isGreaterThan(500);
    }

    @Test
    void convertsToWhatIgnitionAccepts() throws Exception {
        Random random = new Random(Verdict.seed());
        List<JsonNode> configs = configs();
        Mutator mutator = new Mutator(random, configs);
        int converted = 0;
        for (int tries = 0; converted < CONVERSIONS && tries < 20 * CONVERSIONS; tries++) {
            Optional<JsonNode> config = valid(mutator.mutate(configs.get(random.nextInt(configs.size()))));
            IgnitionVersion wanted = IgnitionVersion.values()[random.nextInt(IgnitionVersion.values().length)];
            if (config.isPresent() && Conversion.of(config.get(), wanted) instanceof Conversion.Done done) {
                String text = done.config().toString();
                Verdict real = Verdict.ofIgnition(text);
                assertThat(real.accepted()).as("%s as %s", config.get(), wanted).isTrue();
                assertThat(real).isEqualTo(Verdict.of(ConfigValidator.validate(Bytes.owning(text.getBytes(StandardCharsets.UTF_8)))));
                assertThat(done.config().at("/ignition/version").textValue()).isEqualTo(wanted.text());
                converted++;
            }
        }
        assertThat(converted).isEqualTo(CONVERSIONS);
    }

    private static Optional<JsonNode> valid(String text) throws IOException {
        boolean isValid = ConfigValidator.check(Bytes.owning(text.getBytes(StandardCharsets.UTF_8))).isValid();
        return isValid ? Optional.of(new ObjectMapper().readTree(text)) : Optional.empty();
    }

    private static Optional<String> difference(ConfigReport report, Verdict real) {
        Verdict ours = Verdict.of(report);
        boolean comparable = report.remarks().stream().noneMatch(remark -> remark.id().equals(DUPLICATE_KEY));
        return comparable && !ours.equals(real) ? Optional.of("we " + ours + "\n    Ignition " + real) : Optional.empty();
    }

    private static List<JsonNode> configs() throws IOException {
        List<JsonNode> configs = new ArrayList<>();
        for (String folder : List.of("ignition/valid", "ignition-merge")) {
            try (Stream<Path> files = Files.walk(Vectors.file(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".ign")).sorted().toList()) {
                    configs.add(new ObjectMapper().readTree(file.toFile()));
                }
            }
        }
        return configs;
    }
}

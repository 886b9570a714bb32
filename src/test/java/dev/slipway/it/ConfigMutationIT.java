package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding.Severity;
import dev.slipway.ignition.spec.ConfigReport;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.Conversion;
import dev.slipway.ignition.spec.IgnitionVersion;
import dev.slipway.ignition.spec.Remark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real Ignition and we agree on thousands of configs that are nearly right. */
class ConfigMutationIT {

    private static final int DOCUMENTS = 3000;
    private static final int CONVERSIONS = 500;
    private static final Duration TIME = Duration.ofSeconds(40);

    /** Ignition stops at the first of these, and names no path. */
    private static final Set<String> STOPPING = Set.of("ignition.type", "json.syntax");

    /** Ignition decodes the value of a second key, also in other letter case, over that of the first; we do not. */
    private static final String DUPLICATE_KEY = "json.duplicate-key";

    /** Ignition says these without a report entry. */
    private static final Set<String> WITHOUT_ENTRY = Set.of("ignition.version", "json.empty");

    private static final Pattern ENTRY = Pattern.compile("(error|warning) at (?:(\\$[^,]*), )?line ([0-9]+) col ([0-9]+): .*");

    private record Verdict(boolean accepted, Set<String> entries) {}

    @Test
    void agreesWithIgnitionOnMutatedConfigs() throws Exception {
        Random random = new Random(seed());
        List<JsonNode> configs = configs();
        Mutator mutator = new Mutator(random, configs);
        AtomicInteger accepted = new AtomicInteger();
        List<String> differences = new ArrayList<>();
        Instant end = Instant.now().plus(TIME);
        int documents = 0;
        for (; documents < DOCUMENTS && Instant.now().isBefore(end); documents++) {
            String text = mutator.mutate(configs.get(random.nextInt(configs.size())));
            ConfigReport report = ConfigValidator.validate(Bytes.owning(text.getBytes(StandardCharsets.UTF_8)));
            Verdict real = ignition(text);
            accepted.addAndGet(real.accepted ? 1 : 0);
            difference(report, real).ifPresent(difference -> differences.add(difference + "\n    " + text));
        }
        assertThat(differences).isEmpty();
        assertThat(accepted.get()).as("accepted by Ignition of " + documents).isBetween(documents / 10, documents - documents / 10);
        assertThat(documents).isGreaterThan(1000);
    }

    @Test
    void convertsToWhatIgnitionAccepts() throws Exception {
        Random random = new Random(seed());
        List<JsonNode> configs = configs();
        Mutator mutator = new Mutator(random, configs);
        int converted = 0;
        for (int tries = 0; converted < CONVERSIONS && tries < 20 * CONVERSIONS; tries++) {
            Optional<JsonNode> config = valid(mutator.mutate(configs.get(random.nextInt(configs.size()))));
            IgnitionVersion wanted = IgnitionVersion.values()[random.nextInt(IgnitionVersion.values().length)];
            if (config.isPresent() && Conversion.of(config.get(), wanted) instanceof Conversion.Done done) {
                Verdict real = ignition(done.config().toString());
                assertThat(real.accepted).as("%s as %s", config.get(), wanted).isTrue();
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

    private static long seed() {
        long seed = Optional.ofNullable(System.getProperty("slipway.seed")).map(Long::valueOf).orElseGet(System::nanoTime);
        System.out.println("seed of the mutations (repeat with -Dslipway.seed=…): " + seed);
        return seed;
    }

    private static Optional<String> difference(ConfigReport report, Verdict real) {
        Verdict ours = ofIgnition(report);
        boolean comparable = report.remarks().stream().noneMatch(remark -> remark.id().equals(DUPLICATE_KEY));
        return comparable && !ours.equals(real) ? Optional.of("we " + ours + "\n    Ignition " + real) : Optional.empty();
    }

    /** The part of our report that Ignition itself would make. */
    private static Verdict ofIgnition(ConfigReport report) {
        Optional<Remark> stop = report.remarks().stream().filter(remark -> STOPPING.contains(remark.id())).findFirst();
        if (stop.isPresent()) {
            return new Verdict(false, Set.of("error null"));
        }
        Set<String> entries = new TreeSet<>();
        boolean accepted = true;
        for (Remark remark : report.remarks()) {
            accepted &= !remark.inIgnition().equals(Optional.of(Severity.ERROR));
            if (remark.inIgnition().isPresent() && !WITHOUT_ENTRY.contains(remark.id())) {
                var at = remark.position().orElseThrow();
                entries.add(remark.inIgnition().get().name().toLowerCase(Locale.ROOT) + " " + remark.path() + " " + at.line() + ":" + at.column());
            }
        }
        return new Verdict(accepted, entries);
    }

    private static Verdict ignition(String text) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Commands.tool("ignition-validate"), "-").redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Set<String> entries = new TreeSet<>();
        for (String line : output.split("\n")) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                entries.add(entry.group(1) + " " + entry.group(2) + (entry.group(2) == null ? "" : " " + entry.group(3) + ":" + entry.group(4)));
            }
        }
        return new Verdict(process.waitFor() == 0, entries);
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

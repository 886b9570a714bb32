package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.butane.Assets;
import dev.slipway.ignition.butane.ButaneConfig;
import dev.slipway.ignition.butane.Markup;
import dev.slipway.ignition.butane.Resources;
import dev.slipway.ignition.butane.TranslatedConfig;
import dev.slipway.ignition.butane.Translator;
import dev.slipway.ignition.butane.VectorFiles;
import dev.slipway.ops.LocalFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Butane and we make the same of thousands of configs that are nearly right. */
class ButaneMutationIT {

    private static final int DOCUMENTS = 2000;

    /** Butane warns of a key that it does not know. Here that is an error; the rest is translated all the same, so it can be compared. */
    private static final String UNKNOWN_KEY = "butane.unknown-key";

    /** What Butane accepts and we do not, and why. */
    private static final Map<String, String> STRICTER = Map.of(
            "butane.fraction", "Butane drops the fraction of a number in silence",
            "butane.child-config", "Butane looks into inline configs only, not into local ones, and passes over other versions",
            "ignition.duplicate", "of two entries with the key of one that Butane writes, it drops one in silence");

    /** Unknown keys are errors here; a child config of another version is checked, too; a null is no reason to lose lines. */
    private static final List<String> WARNED_OF_OTHERWISE = List.of("unused key", "skipping validation for the merge/replace ignition config",
            "context tree does not match content tree");

    /** Butane loses the lines of what it writes itself, and of what follows a null in a list. */
    private static final List<String> WRITTEN_BY_BUTANE = List.of("trees:", "with_mount_unit:", "boot_device:", "grub:");

    private static final Pattern ENTRY = Pattern.compile("(error|warning) at \\$[^,]*, line (\\d+) col (\\d+): (.*)");
    private static final Pattern UNREADABLE = Pattern.compile("  line (\\d+): .*");

    @TempDir
    private Path files;

    /** @param errors lines; {@code warnings} lines with columns, without those of unknown keys */
    private record Butane(Optional<JsonNode> config, Set<String> errors, Set<String> warnings, String report) {}

    private record Ours(Optional<JsonNode> config, List<Finding> findings) {

        List<Finding> errors() {
            return findings.stream().filter(finding -> finding.isError() && !finding.id().equals(UNKNOWN_KEY)).toList();
        }

        Set<String> warnings() {
            return findings.stream().filter(finding -> !finding.isError())
                    .map(finding -> finding.position().orElseThrow().line() + ":" + finding.position().orElseThrow().column())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void makesTheSameOfMutatedConfigsAsButane() throws Exception {
        VectorFiles.copyTo(files);
        Random random = new Random(Verdict.seed());
        List<JsonNode> configs = configs();
        ButaneMutator mutator = new ButaneMutator(random, configs);
        List<String> differences = new ArrayList<>();
        int accepted = 0;
        for (int document = 0; document < DOCUMENTS; document++) {
            String text = mutator.mutate(configs.get(random.nextInt(configs.size())));
            Butane butane = butane(text);
            Ours ours = ours(text);
            accepted += butane.config.isPresent() ? 1 : 0;
            difference(text, butane, ours)
                    .ifPresent(difference -> differences.add(difference + ":\n" + text + "\n  Butane: " + butane + "\n  we: " + ours));
        }
        assertThat(differences).isEmpty();
        assertThat(accepted).as("accepted by Butane of " + DOCUMENTS).isBetween(DOCUMENTS / 10, DOCUMENTS - DOCUMENTS / 10);
    }

    private static Optional<String> difference(String text, Butane butane, Ours ours) {
        Set<String> errors = ours.errors().stream().map(Finding::id).collect(Collectors.toCollection(TreeSet::new));
        if (butane.config.isEmpty()) {
            return errors.isEmpty() ? Optional.of("only Butane refuses") : otherLine(text, butane, ours);
        }
        if (!errors.isEmpty()) {
            return isStricter(ours) ? Optional.empty() : Optional.of("only we refuse, because of " + errors);
        }
        if (!Resources.comparable(butane.config.get()).equals(Resources.comparable(ours.config.orElseThrow()))) {
            return Optional.of("not the same config");
        }
        return ours.warnings().containsAll(butane.warnings) ? Optional.empty() : Optional.of("Butane warns, we do not");
    }

    private static boolean isStricter(Ours ours) {
        return ours.errors().stream().allMatch(finding -> STRICTER.containsKey(finding.id()));
    }

    private static Optional<String> otherLine(String text, Butane butane, Ours ours) {
        boolean lost = isStricter(ours) || WRITTEN_BY_BUTANE.stream().anyMatch(text::contains)
                || butane.report.contains("context tree does not match");
        Set<String> lines = ours.errors().stream()
                .map(finding -> Integer.toString(finding.position().orElseThrow().line()))
                .collect(Collectors.toSet());
        boolean agree = lost || butane.errors.isEmpty() || butane.errors.stream().anyMatch(lines::contains);
        return agree ? Optional.empty() : Optional.of("error at another line");
    }

    private Ours ours(String text) {
        List<Finding> findings = new ArrayList<>();
        Optional<ButaneConfig> config = ButaneConfig.read("config.bu", Bytes.owning(text.getBytes(StandardCharsets.UTF_8)), Markup.NONE, findings);
        Optional<TranslatedConfig> translated = config
                .filter(read -> new Ours(Optional.empty(), findings).errors().isEmpty())
                .flatMap(read -> Translator.translate(read, read.tree(), Assets.of(LocalFolder.of(files)), findings));
        translated.ifPresent(result -> findings.addAll(result.validate()));
        return new Ours(translated.map(TranslatedConfig::config), findings);
    }

    private Butane butane(String text) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Commands.tool("butane"), "--raw-errors", "--files-dir", files.toString()).start();
        CompletableFuture<byte[]> errors = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getErrorStream().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (var in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] output = process.getInputStream().readAllBytes();
        String report = new String(errors.join(), StandardCharsets.UTF_8);
        boolean accepted = process.waitFor() == 0;
        Set<String> errorLines = new TreeSet<>();
        Set<String> warnings = new TreeSet<>();
        for (String line : report.split("\n")) {
            Matcher entry = ENTRY.matcher(line);
            Matcher unreadable = UNREADABLE.matcher(line);
            if (unreadable.matches()) {
                errorLines.add(unreadable.group(1));
            } else if (entry.matches() && entry.group(1).equals("error")) {
                errorLines.add(entry.group(2));
            } else if (entry.matches() && WARNED_OF_OTHERWISE.stream().noneMatch(entry.group(4)::startsWith)) {
                warnings.add(entry.group(2) + ":" + entry.group(3));
            }
        }
        return new Butane(accepted ? Optional.of(new ObjectMapper().readTree(output)) : Optional.empty(), errorLines, warnings, report);
    }

    private static List<JsonNode> configs() throws IOException {
        List<JsonNode> configs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : new ObjectMapper().readTree(Vectors.text("butane/expected.json")).get("cases").properties()) {
            if (entry.getValue().get("accepted").asBoolean()) {
                configs.add(ButaneMutator.tree(Vectors.text("butane/cases/" + entry.getKey() + ".bu")));
            }
        }
        return configs;
    }
}

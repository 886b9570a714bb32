package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the plan of a profile, a list of steps.
 *
 * <pre>
 * - download:
 *     source: config                    # the rendered config, or files/NAME
 *     name: /etc/slipway/config.ign     # the name on the device
 * </pre>
 */
final class PlanReader {

    /** What a profile without {@code plan.yaml} does. */
    static final List<PlanStep> DEFAULT =
            List.of(new PlanStep.Download(PlanStep.Download.CONFIG, "/etc/slipway/config.ign"));

    /** Octets of a file name that the reference C device takes. */
    private static final int NAME_BYTES = 150;

    private final YamlFile yaml;
    private final Set<String> localFiles;
    private final Set<String> names = new HashSet<>();

    private PlanReader(Set<String> localFiles, Report report) {
        this.localFiles = localFiles;
        this.yaml = new YamlFile(ProfileSource.PLAN, report);
    }

    static List<PlanStep> read(Bytes octets, Set<String> localFiles, Report report) {
        PlanReader reader = new PlanReader(localFiles, report);
        List<PlanStep> steps = new ArrayList<>();
        for (Node item : reader.yaml.read(octets).map(top -> reader.yaml.list(top, "the document")).orElse(List.of())) {
            reader.step(item).ifPresent(steps::add);
        }
        if (steps.size() > Limits.STEPS) {
            report.error("plan.too-long", ProfileSource.PLAN, "there are more than " + Limits.STEPS + " steps");
        }
        return steps;
    }

    private Optional<PlanStep> step(Node item) {
        Map<String, Node> step = yaml.mapping(item, Set.of("download"), "a step");
        Node download = step.get("download");
        if (download == null) {
            yaml.error("plan.step", item, "a step is written as 'download:' with 'source' and 'name' below it");
            return Optional.empty();
        }
        Map<String, Node> entries = yaml.mapping(download, new LinkedHashSet<>(List.of("source", "name")), "a download");
        Optional<String> source = text(download, entries, "source");
        Optional<String> name = text(download, entries, "name");
        if (source.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        checkSource(source.get(), entries.get("source"));
        checkName(name.get(), entries.get("name"));
        return Optional.of(new PlanStep.Download(source.get(), name.get()));
    }

    private void checkSource(String source, Node node) {
        if (!source.equals(PlanStep.Download.CONFIG) && !localFiles.contains(source)) {
            yaml.error("plan.source", node, "a source is 'config', for the rendered config, or the path of a file in the profile, files/NAME;"
                    + " there is no such file");
        }
    }

    private void checkName(String name, Node node) {
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        if (octets == 0 || octets > NAME_BYTES || name.chars().anyMatch(Character::isISOControl) || name.endsWith("/")) {
            yaml.error("plan.name", node, "the name of a file on the device has 1 to " + NAME_BYTES
                    + " octets, no control characters, and no / at its end");
        }
        if (!names.add(name)) {
            yaml.error("plan.name", node, "two steps write the same file; the second would replace the first");
        }
    }

    private Optional<String> text(Node download, Map<String, Node> entries, String key) {
        Node node = entries.get(key);
        if (node == null) {
            yaml.error("plan.step", download, "the download lacks its '" + key + "'");
            return Optional.empty();
        }
        return yaml.text(node, "the " + key + " of a download");
    }
}

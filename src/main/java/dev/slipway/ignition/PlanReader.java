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
 * - pointer:                            # a small config, by which Ignition fetches the rendered one
 *     name: /boot/ignition/config.ign
 * </pre>
 */
final class PlanReader {

    /** What a profile without {@code plan.yaml} does. */
    static final List<PlanStep> DEFAULT =
            List.of(new PlanStep.Download(PlanStep.Download.CONFIG, "/etc/slipway/config.ign"));

    private static final String DOWNLOAD = "download";
    private static final String POINTER = "pointer";

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
        if (steps.stream().filter(PlanStep.Pointer.class::isInstance).count() > 1) {
            report.error("plan.pointer", ProfileSource.PLAN, "there is more than one pointer; the ticket in each ends that of the one before");
        }
        if (steps.size() > Limits.STEPS) {
            report.error("plan.too-long", ProfileSource.PLAN, "there are more than " + Limits.STEPS + " steps");
        }
        return steps;
    }

    private Optional<PlanStep> step(Node item) {
        Map<String, Node> step = yaml.mapping(item, new LinkedHashSet<>(List.of(DOWNLOAD, POINTER)), "a step");
        if (step.size() != 1) {
            yaml.error("plan.step", item, "a step is written as 'download:' with 'source' and 'name' below it, or as 'pointer:' with 'name'");
            return Optional.empty();
        }
        return step.containsKey(DOWNLOAD) ? download(step.get(DOWNLOAD)) : pointer(step.get(POINTER));
    }

    private Optional<PlanStep> pointer(Node pointer) {
        Map<String, Node> entries = yaml.mapping(pointer, Set.of("name"), "a pointer");
        Optional<String> name = text(pointer, entries, "name");
        name.ifPresent(given -> checkName(given, entries.get("name")));
        return name.map(PlanStep.Pointer::new);
    }

    private Optional<PlanStep> download(Node download) {
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

    private Optional<String> text(Node step, Map<String, Node> entries, String key) {
        Node node = entries.get(key);
        if (node == null) {
            yaml.error("plan.step", step, "the step lacks its '" + key + "'");
            return Optional.empty();
        }
        return yaml.text(node, "the " + key + " of a step");
    }
}

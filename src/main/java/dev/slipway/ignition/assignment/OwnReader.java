package dev.slipway.ignition.assignment;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.Report;
import dev.slipway.ignition.YamlFile;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads what a device is to have of its own.
 *
 * <pre>
 * profile: kiosk
 * parameters: {site: "17"}
 * secrets: {gateway_token: …}
 * </pre>
 */
public final class OwnReader {

    private static final Set<String> KEYS =
            new LinkedHashSet<>(List.of(GivenReader.PROFILE, GivenReader.PARAMETERS, GivenReader.SECRETS));

    private OwnReader() {}

    /** @throws Failure.ConfigInvalid with everything that is wrong, with line and column */
    public static Own read(String file, Bytes octets) {
        Report report = new Report();
        YamlFile yaml = new YamlFile(file, report);
        Optional<Node> top = yaml.read(octets);
        Map<String, Node> entries = top.map(node -> yaml.mapping(node, KEYS, "an assignment")).orElse(Map.of());
        GivenReader given = new GivenReader(yaml);
        Own own = new Own(given.profile(entries), given.parameters(entries), 0);
        if (!report.failed() && own.profile().isEmpty() && own.parameters().equals(GivenParameters.NONE)) {
            report.error("assignment.empty", file, "it says nothing; name a profile, or a value for a parameter");
        }
        report.throwIfFailed();
        return own;
    }
}

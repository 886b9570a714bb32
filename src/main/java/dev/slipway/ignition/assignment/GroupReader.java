package dev.slipway.ignition.assignment;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.Report;
import dev.slipway.ignition.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads groups, one in each document; JSON is YAML, too.
 *
 * <pre>
 * name: north
 * priority: 100                   # the higher one wins; default: 0
 * comment: Gateways of the north  # optional, as all below
 * select:                         # all of it must hold; without anything, no device
 *   labels: {region: north}
 *   serial: "EG-4*"               # * is any characters, ? any one
 *   model: "EG-400"
 *   manufacturer: "Example*"
 *   devices: [7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60, EG-4711]
 *   when: device.labels['ring'] == 'canary'
 * profile: edge-gateway
 * parameters: {site: north}
 * secrets: {gateway_token: …}     # ******** is what is stored already
 * </pre>
 */
public final class GroupReader {

    private static final Set<String> KEYS = new LinkedHashSet<>(List.of(
            "name", "priority", "comment", "select", GivenReader.PROFILE, GivenReader.PARAMETERS, GivenReader.SECRETS));
    private static final int COMMENT_CHARS = 1_000;

    private final YamlFile yaml;

    private GroupReader(YamlFile yaml) {
        this.yaml = yaml;
    }

    /**
     * @param file for the findings
     * @throws Failure.ConfigInvalid with everything that is wrong, with line and column
     */
    public static List<Group> read(String file, Bytes octets) {
        Report report = new Report();
        YamlFile yaml = new YamlFile(file, report);
        List<Group> groups = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Node document : yaml.readAll(octets)) {
            new GroupReader(yaml).group(document).ifPresent(group -> {
                if (!names.add(group.name())) {
                    yaml.error("group.duplicate", document, "there is a group '" + group.name() + "' above already; keep one of them");
                }
                groups.add(group);
            });
        }
        report.throwIfFailed();
        if (groups.isEmpty()) {
            report.error("group.none", file, "there is no group in it; write one as 'name: …' with 'select:' below it");
        }
        report.throwIfFailed();
        return groups;
    }

    private Optional<Group> group(Node document) {
        Map<String, Node> entries = yaml.mapping(document, KEYS, "a group");
        Optional<String> name = Optional.ofNullable(entries.get("name")).flatMap(node -> yaml.text(node, "the name"));
        if (name.isEmpty()) {
            yaml.error("group.name", document, "the group has no name; write 'name: …'");
            return Optional.empty();
        }
        Names.groupComplaint(name.get()).ifPresent(complaint -> yaml.error("group.name", entries.get("name"), complaint));
        Optional<String> comment = Optional.ofNullable(entries.get("comment")).flatMap(node -> yaml.text(node, "the comment"));
        if (comment.filter(text -> text.length() > COMMENT_CHARS).isPresent()) {
            yaml.error("group.comment", entries.get("comment"), "the comment has more than " + COMMENT_CHARS + " characters");
        }
        GivenReader given = new GivenReader(yaml);
        Selector selector = Optional.ofNullable(entries.get("select")).map(new SelectorReader(yaml)::read).orElse(Selector.NOTHING);
        return Optional.of(new Group(name.get(), priority(entries), selector, given.profile(entries), given.parameters(entries), comment));
    }

    private int priority(Map<String, Node> entries) {
        Node node = entries.get("priority");
        Optional<String> text = Optional.ofNullable(node).flatMap(given -> yaml.text(given, "the priority"));
        if (text.isPresent() && !text.get().matches("-?[0-9]{1,6}")) {
            yaml.error("group.priority", node, "the priority is a whole number, from -999999 to 999999; the higher one wins");
            return 0;
        }
        return text.map(Integer::parseInt).orElse(0);
    }
}

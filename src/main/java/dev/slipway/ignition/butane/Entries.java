package dev.slipway.ignition.butane;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The entries of a mapping by name, those of its merge keys ({@code <<}) included: an entry of the mapping itself wins, then that of the
 * first mapping it names.
 *
 * @see "YAML, Merge Key Language-Independent Type"
 */
record Entries(Node key, Node value) {

    /** Mappings that name mappings. */
    private static final int MERGES = 100;

    static Map<String, Entries> of(MappingNode mapping, SourceReport report) {
        Map<String, Entries> entries = new LinkedHashMap<>();
        collect(mapping, entries, report, new int[1]);
        return entries;
    }

    private static void collect(MappingNode mapping, Map<String, Entries> entries, SourceReport report, int[] merges) {
        if (++merges[0] > MERGES) {
            report.error("yaml.unsupported", Positions.of(mapping), "this mapping is made of more than " + MERGES + " others, or of itself");
            return;
        }
        List<Node> others = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                report.error("butane.type", Positions.of(tuple.getKeyNode()),
                        "a name must be a plain text; put an expression in quotes: \"{{ … }}\"");
            } else if (!seen.add(key.getValue())) {
                report.error("butane.duplicate-key", Positions.of(key), "the key '" + key.getValue() + "' is given twice; keep one of them");
            } else if (isMerge(key)) {
                others.add(tuple.getValueNode());
            } else {
                entries.putIfAbsent(key.getValue(), new Entries(key, tuple.getValueNode()));
            }
        }
        others.forEach(other -> merge(other, entries, report, merges));
    }

    private static boolean isMerge(ScalarNode key) {
        return key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private static void merge(Node other, Map<String, Entries> entries, SourceReport report, int[] merges) {
        List<Node> mappings = other instanceof SequenceNode sequence ? sequence.getValue() : List.of(other);
        for (Node mapping : mappings) {
            if (mapping instanceof MappingNode named) {
                collect(named, entries, report, merges);
            } else {
                report.error("butane.type", Positions.of(mapping), "<< must name a mapping, or a list of mappings");
            }
        }
    }
}

package dev.slipway.policy;

import dev.slipway.attestation.ReferenceImage;
import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.YamlFile;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads platforms and images: what registers hold. */
final class ReferenceReader {

    private static final String PCRS = "pcrs";
    private static final String EVENTS = "events";
    private static final int MAX_REFERENCES = 1_000;
    private static final int MAX_VALUES = 100;
    private static final int MAX_EVENTS = 1_000;
    private static final int NAME_CHARS = 200;

    private final YamlFile yaml;
    private final Registers registers;

    ReferenceReader(YamlFile yaml, PcrSelection selection) {
        this.yaml = yaml;
        this.registers = new Registers(yaml, selection);
    }

    List<ReferenceImage> platforms(Node node) {
        return references(node, "platform", "name");
    }

    List<ReferenceImage> images(Node node) {
        return references(node, "image", "version");
    }

    /** @param key that each is told by */
    private List<ReferenceImage> references(Node node, String what, String key) {
        List<ReferenceImage> references = new ArrayList<>();
        if (node == null) {
            return references;
        }
        List<Node> items = yaml.list(node, "'" + what + "s'");
        if (items.isEmpty() || items.size() > MAX_REFERENCES) {
            yaml.error("policy." + what + "s", node, "the list has 1 to " + MAX_REFERENCES + " " + what + "s; without any, leave '" + what + "s' out");
            return references;
        }
        Set<String> names = new HashSet<>();
        for (Node item : items) {
            Map<String, Node> entries = yaml.mapping(item, new LinkedHashSet<>(List.of(key, PCRS)), "one of '" + what + "s'");
            Optional<String> name = Optional.ofNullable(entries.get(key)).flatMap(text -> yaml.text(text, "'" + key + "'"));
            if (name.filter(text -> !text.isBlank() && text.length() <= NAME_CHARS).isEmpty()) {
                yaml.error("policy." + what, item, "each " + what + " has '" + key + ": …', of 1 to " + NAME_CHARS + " characters");
            } else if (!names.add(name.get())) {
                yaml.error("policy.duplicate", entries.get(key), "there is a " + what + " '" + name.get() + "' above already; one of several values"
                        + " is written as a list");
            } else {
                reference(what + " " + name.get(), item, entries.get(PCRS)).ifPresent(references::add);
            }
        }
        return references;
    }

    private Optional<ReferenceImage> reference(String name, Node item, Node pcrs) {
        SortedMap<Pcr, Set<Bytes>> values = new TreeMap<>();
        Map<Pcr, List<Bytes>> events = new HashMap<>();
        if (pcrs != null) {
            yaml.mapping(pcrs, "'pcrs'").forEach((index, node) -> registers.find(node, index).ifPresent(pcr -> {
                if (node instanceof MappingNode) {
                    List<Bytes> digests = events(pcr, node);
                    events.put(pcr, digests);
                    values.put(pcr, Set.of(replayed(pcr, digests)));
                } else {
                    values.put(pcr, Set.copyOf(values(pcr, node)));
                }
            }));
        }
        if (values.isEmpty()) {
            yaml.error("policy.no-values", item, name + " has no PCR values, so that any machine would pass; write them below 'pcrs:'");
            return Optional.empty();
        }
        return Optional.of(new ReferenceImage(name, values, events));
    }

    private Set<Bytes> values(Pcr pcr, Node node) {
        List<Node> items = node instanceof SequenceNode ? yaml.list(node, "the values") : List.of(node);
        if (items.isEmpty() || items.size() > MAX_VALUES) {
            yaml.error("policy.values", node, "PCR " + pcr.index() + " has 1 to " + MAX_VALUES + " values");
        }
        Set<Bytes> values = new LinkedHashSet<>();
        items.stream().limit(MAX_VALUES).forEach(item -> registers.digest(pcr.bank(), item).ifPresent(values::add));
        return values;
    }

    private List<Bytes> events(Pcr pcr, Node node) {
        Node list = yaml.mapping(node, Set.of(EVENTS), "PCR " + pcr.index()).get(EVENTS);
        List<Node> items = list == null ? List.of() : yaml.list(list, "'events'");
        if (items.isEmpty() || items.size() > MAX_EVENTS) {
            yaml.error("policy.values", node, "PCR " + pcr.index() + " has 1 to " + MAX_EVENTS + " events, the digests in their order");
        }
        List<Bytes> digests = new ArrayList<>();
        items.stream().limit(MAX_EVENTS).forEach(item -> registers.digest(pcr.bank(), item).ifPresent(digests::add));
        return digests;
    }

    /** From zeros on: a TPM that was started from another locality than 0 has its value of PCR 0 listed. */
    private static Bytes replayed(Pcr pcr, List<Bytes> digests) {
        Bytes value = Bytes.owning(new byte[pcr.bank().octets()]);
        for (Bytes digest : digests) {
            value = pcr.bank().digest(value, digest);
        }
        return value;
    }
}

package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.ProofLevel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads what a profile wants of a device before it gives it anything.
 *
 * <pre>
 * proof: ownership     # the lowest that will do: none, possession, ownership, attested; default: ownership
 * </pre>
 */
final class LowestProofReader {

    /** What a profile that says nothing wants. */
    static final ProofLevel DEFAULT = ProofLevel.OWNERSHIP;

    private static final String PROOF = "proof";

    private LowestProofReader() {}

    static ProofLevel read(Bytes octets, Report report) {
        YamlFile yaml = new YamlFile(ProfileSource.PROFILE, report);
        Map<String, Node> entries = yaml.read(octets).map(top -> yaml.mapping(top, Set.of(PROOF), "the document")).orElse(Map.of());
        return Optional.ofNullable(entries.get(PROOF)).map(node -> level(yaml, node)).orElse(DEFAULT);
    }

    private static ProofLevel level(YamlFile yaml, Node node) {
        Optional<ProofLevel> level = yaml.text(node, "'" + PROOF + "'").flatMap(ProofLevel::find);
        if (level.isEmpty()) {
            yaml.error("profile.proof", node, "the lowest proof that a profile takes is one of " + ProofLevel.known());
        }
        return level.orElse(DEFAULT);
    }
}

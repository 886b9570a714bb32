package dev.slipway.policy;

import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.YamlFile;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads which register something is about, and digests of its bank. */
record Registers(YamlFile yaml, PcrSelection selection) {

    TpmHash bank() {
        return selection.pcrs().getFirst().bank();
    }

    boolean has(int index) {
        return selection.pcrs().contains(new Pcr(bank(), index));
    }

    /** @param node what is said about it */
    Optional<Pcr> find(Node node, String index) {
        Optional<Pcr> pcr = selection.pcrs().stream().filter(known -> Integer.toString(known.index()).equals(index)).findFirst();
        if (pcr.isEmpty()) {
            yaml.error("policy.unselected-pcr", node, "PCR '" + index + "' is none of " + selection + "; add it to 'pcrs' at the top, or leave it out");
        }
        return pcr;
    }

    Optional<Bytes> digest(TpmHash bank, Node node) {
        return digest(yaml, bank, node);
    }

    static Optional<Bytes> digest(YamlFile yaml, TpmHash bank, Node node) {
        Optional<String> hex = yaml.text(node, "a digest");
        if (hex.isPresent() && !hex.get().matches("[0-9a-fA-F]{%d}".formatted(2 * bank.octets()))) {
            yaml.error("policy.digest", node, "a digest of the " + bank.bank() + " bank has " + 2 * bank.octets() + " hex digits, and this has "
                    + hex.get().length() + " characters");
            return Optional.empty();
        }
        return hex.map(Bytes::fromHex);
    }
}

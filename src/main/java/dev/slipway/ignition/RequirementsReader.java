package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.ProofLevel;
import dev.slipway.fdo.key.TpmPolicy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads what a profile wants of a device before it gives it anything.
 *
 * <pre>
 * proof: attested      # the lowest that will do: none, possession, ownership, attested; default: ownership
 * tpm: require         # that somebody who is believed has seen the device's key in a TPM; default: none
 * policy: edge-gateway # which says what a machine may boot that attests itself; without one, what was accepted for each device
 * </pre>
 */
final class RequirementsReader {

    private static final String PROOF = "proof";
    private static final String TPM = "tpm";
    private static final String POLICY = "policy";
    private static final Set<String> KEYS = new LinkedHashSet<>(List.of(PROOF, TPM, POLICY));

    private final YamlFile yaml;

    private RequirementsReader(YamlFile yaml) {
        this.yaml = yaml;
    }

    static Requirements read(Bytes octets, Report report) {
        YamlFile yaml = new YamlFile(ProfileSource.PROFILE, report);
        Map<String, Node> entries = yaml.read(octets).map(top -> yaml.mapping(top, KEYS, "the document")).orElse(Map.of());
        return new RequirementsReader(yaml).requirements(entries);
    }

    private Requirements requirements(Map<String, Node> entries) {
        ProofLevel proof = Optional.ofNullable(entries.get(PROOF)).map(this::level).orElse(Requirements.DEFAULT.lowestProof());
        boolean tpm = Optional.ofNullable(entries.get(TPM)).map(this::tpm).orElse(Requirements.DEFAULT.tpm());
        Optional<String> policy = Optional.ofNullable(entries.get(POLICY)).flatMap(this::policy);
        if (policy.isPresent() && proof != ProofLevel.ATTESTED) {
            yaml.warning("profile.policy", entries.get(POLICY), "a device that proves '" + proof.word() + "' another way is not held to the policy;"
                    + " write 'proof: attested' as well");
        }
        return new Requirements(proof, tpm, policy);
    }

    private ProofLevel level(Node node) {
        Optional<ProofLevel> level = yaml.text(node, "'" + PROOF + "'").flatMap(ProofLevel::find);
        if (level.isEmpty()) {
            yaml.error("profile.proof", node, "the lowest proof that a profile takes is one of " + ProofLevel.known());
        }
        return level.orElse(Requirements.DEFAULT.lowestProof());
    }

    /** In the words of a station, but for the one that asks for no more than a note. */
    private boolean tpm(Node node) {
        Optional<TpmPolicy> asked = yaml.text(node, "'" + TPM + "'").flatMap(TpmPolicy::find).filter(policy -> policy != TpmPolicy.PREFER);
        if (asked.isEmpty()) {
            yaml.error("profile.tpm", node, "'" + TPM + "' is " + TpmPolicy.REQUIRE.word() + " or " + TpmPolicy.NONE.word());
        }
        return asked.filter(policy -> policy == TpmPolicy.REQUIRE).isPresent();
    }

    private Optional<String> policy(Node node) {
        Optional<String> name = yaml.text(node, "'" + POLICY + "'").filter(ProfileLayout::isName);
        if (name.isEmpty()) {
            yaml.error("profile.policy", node, "'" + POLICY + "' is the name of a policy, as ./slipway policy list has it");
        }
        return name;
    }
}

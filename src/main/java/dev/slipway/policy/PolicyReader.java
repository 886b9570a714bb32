package dev.slipway.policy;

import dev.slipway.attestation.BootRule;
import dev.slipway.attestation.ReferenceImage;
import dev.slipway.attestation.reference.ReferencePolicy;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.ignition.ProfileLayout;
import dev.slipway.ignition.Report;
import dev.slipway.ignition.YamlFile;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a policy; JSON is YAML, too. Each section that is there has to hold.
 *
 * <pre>
 * name: edge-gateway
 * comment: Gateways with a UKI     # optional, as all below but pcrs
 * pcrs: sha256:0,2,4,7,11          # one bank; a quote has to be over these
 * platforms:                       # one of them has to fit entirely
 *   - name: EG-400 with firmware 1.17
 *     pcrs: {0: HEX, 7: [HEX, HEX]}          # any one of several values
 * images:                          # one of them has to fit entirely; a refusal tells the difference from the nearest, of several the last
 *   - version: 1.4.2
 *     pcrs:
 *       4: {events: [HEX, HEX]}              # the value that these digests lead to, in this order
 *       11: HEX
 * events:                          # nothing else may be measured there, and one of it has to be
 *   4:
 *     - {digest: HEX, what: shim 15.8}
 * secure-boot: on                  # or off
 * phase: enter-initrd              # what systemd-pcrphase extended, as in systemd-measure --phase; none for nothing
 * pcrsig:                          # public keys, one of which has to have signed PCR 11
 *   - |
 *     -----BEGIN PUBLIC KEY-----
 * </pre>
 */
public final class PolicyReader {

    private static final String NAME = "name";
    private static final String PCRS = "pcrs";
    private static final Set<String> KEYS = new LinkedHashSet<>(
            List.of(NAME, "comment", PCRS, "platforms", "images", "events", "secure-boot", "phase", "pcrsig"));
    private static final int COMMENT_CHARS = 1_000;
    private static final int MAX_PCR = 23;

    private final YamlFile yaml;
    private final Report report;

    private PolicyReader(YamlFile yaml, Report report) {
        this.yaml = yaml;
        this.report = report;
    }

    /**
     * @param file for the findings
     * @throws ConfigInvalid with everything that is wrong, with line and column
     */
    public static PolicyDocument read(String file, Bytes octets) {
        Report report = new Report();
        YamlFile yaml = new YamlFile(file, report);
        Optional<Node> top = yaml.read(octets);
        report.throwIfFailed();
        if (top.isEmpty()) {
            report.error("policy.empty", file, "there is no policy in it; write 'name: …', 'pcrs: …', and what has to be booted");
        }
        report.throwIfFailed();
        Optional<PolicyDocument> read = new PolicyReader(yaml, report).policy(top.orElseThrow());
        report.throwIfFailed();
        PolicyDocument policy = read.orElseThrow();
        return new PolicyDocument(policy.policy(), policy.comment(), report.findings());
    }

    private Optional<PolicyDocument> policy(Node top) {
        Map<String, Node> entries = yaml.mapping(top, KEYS, "a policy");
        Optional<String> name = name(top, entries);
        Optional<String> comment = Optional.ofNullable(entries.get("comment")).flatMap(node -> yaml.text(node, "the comment"));
        if (comment.filter(text -> text.length() > COMMENT_CHARS).isPresent()) {
            yaml.error("policy.comment", entries.get("comment"), "the comment has more than " + COMMENT_CHARS + " characters");
        }
        Optional<PcrSelection> pcrs = pcrs(top, entries.get(PCRS));
        if (name.isEmpty() || pcrs.isEmpty()) {
            return Optional.empty();
        }
        ReferenceReader references = new ReferenceReader(yaml, pcrs.get());
        List<ReferenceImage> platforms = references.platforms(entries.get("platforms"));
        List<ReferenceImage> images = references.images(entries.get("images"));
        RuleReader rules = new RuleReader(yaml, pcrs.get());
        List<BootRule> read = rules.read(entries);
        if (platforms.isEmpty() && images.isEmpty() && read.isEmpty()) {
            yaml.error("policy.wants-nothing", top, "the policy wants nothing, so that any machine would pass; list images, events or keys");
            return Optional.empty();
        }
        report.throwIfFailed();
        Set<Integer> spokenOf = new TreeSet<>(rules.registers());
        platforms.forEach(platform -> platform.values().keySet().forEach(pcr -> spokenOf.add(pcr.index())));
        images.forEach(image -> image.values().keySet().forEach(pcr -> spokenOf.add(pcr.index())));
        warn(top, entries.get(PCRS), pcrs.get(), spokenOf, images.isEmpty() && !rules.tellImages());
        return Optional.of(new PolicyDocument(new ReferencePolicy(name.get(), pcrs.get(), platforms, images, read), comment, List.of()));
    }

    private Optional<String> name(Node top, Map<String, Node> entries) {
        Optional<String> name = Optional.ofNullable(entries.get(NAME)).flatMap(node -> yaml.text(node, "the name"));
        if (name.filter(ProfileLayout::isName).isEmpty()) {
            yaml.error("policy.name", entries.getOrDefault(NAME, top), "the name of a policy has letters, digits, '.', '_' and '-', at most 100, and"
                    + " starts with a letter or digit");
            return Optional.empty();
        }
        return name;
    }

    private Optional<PcrSelection> pcrs(Node top, Node node) {
        if (node == null) {
            yaml.error("policy.pcrs", top, "the policy does not say which registers it is about; write 'pcrs: sha256:0,2,4,7,11'");
            return Optional.empty();
        }
        Optional<PcrSelection> selection = yaml.text(node, "'pcrs'").flatMap(text -> parsed(node, text));
        selection.ifPresent(found -> found.pcrs().forEach(pcr -> {
            if (ReferenceImage.isResettable(pcr.index()) || pcr.index() > MAX_PCR) {
                yaml.error("policy.pcrs", node, "anybody can reset PCR " + pcr.index() + ", or there is none; leave it out");
            }
        }));
        return selection;
    }

    private Optional<PcrSelection> parsed(Node node, String text) {
        try {
            PcrSelection selection = PcrSelection.parse(text);
            if (selection.pcrs().stream().map(Pcr::bank).distinct().count() == 1 && selection.pcrs().getFirst().bank().isStrong()) {
                return Optional.of(selection);
            }
            yaml.error("policy.bank", node, "the registers are those of one bank, sha256 or better");
        } catch (IllegalArgumentException e) {
            yaml.error("policy.pcrs", node, e.getMessage());
        }
        return Optional.empty();
    }

    private void warn(Node top, Node node, PcrSelection pcrs, Set<Integer> spokenOf, boolean anyImage) {
        for (Pcr pcr : pcrs.pcrs()) {
            if (!spokenOf.contains(pcr.index()) && !RegisterUse.isOfAdditions(pcr.index())) {
                yaml.warning("policy.idle-pcr", node, "PCR " + pcr.index() + " is quoted, and the policy does not say what it should hold");
            }
            if (spokenOf.contains(pcr.index()) && RegisterUse.isPerMachine(pcr.index())) {
                yaml.warning("policy.per-machine", node, "PCR " + pcr.index() + " differs from machine to machine; others would be refused");
            }
        }
        if (anyImage) {
            yaml.warning("policy.any-image", top, "nothing in the policy tells one image from another; old ones and those of others pass as well,"
                    + " where they are signed");
        }
    }
}

package dev.slipway.policy;

import dev.slipway.attestation.BootPhase;
import dev.slipway.attestation.BootRule;
import dev.slipway.attestation.reference.EventRule;
import dev.slipway.attestation.reference.PhaseRule;
import dev.slipway.attestation.reference.SecureBootRule;
import dev.slipway.attestation.reference.SignedPcrRule;
import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.YamlFile;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a policy wants beside values: events, Secure Boot, the phase, signatures. */
final class RuleReader {

    private static final int MAX_EVENTS = 5_000;
    private static final int MAX_KEYS = 20;
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int WHAT_CHARS = 200;
    private static final int PHASE_CHARS = 100;
    private static final Pattern PUBLIC_KEY = Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,4000})-----END PUBLIC KEY-----\\s*");

    private final YamlFile yaml;
    private final Registers registers;
    private final Set<Integer> spokenOf = new TreeSet<>();
    private final List<BootRule> rules = new ArrayList<>();
    private boolean signed;

    RuleReader(YamlFile yaml, PcrSelection selection) {
        this.yaml = yaml;
        this.registers = new Registers(yaml, selection);
    }

    List<BootRule> read(Map<String, Node> entries) {
        Optional.ofNullable(entries.get("events")).ifPresent(this::events);
        Optional.ofNullable(entries.get("secure-boot")).ifPresent(this::secureBoot);
        Optional.ofNullable(entries.get("phase")).ifPresent(this::phase);
        Optional.ofNullable(entries.get("pcrsig")).ifPresent(this::keys);
        return rules;
    }

    /** Those that something was said about. */
    Set<Integer> registers() {
        return spokenOf;
    }

    /** Whether one image is told from another. */
    boolean tellImages() {
        return signed || rules.stream().anyMatch(rule -> rule instanceof EventRule events && RegisterUse.isOfImages(events.pcr().index()));
    }

    private void events(Node node) {
        yaml.mapping(node, "'events'").forEach((index, list) -> registers.find(list, index).ifPresent(pcr -> {
            List<Node> items = yaml.list(list, "the events of a register");
            if (items.isEmpty() || items.size() > MAX_EVENTS) {
                yaml.error("policy.events", list, "the list has 1 to " + MAX_EVENTS + " events");
                return;
            }
            Map<Bytes, String> allowed = new LinkedHashMap<>();
            items.forEach(item -> event(pcr, item, allowed));
            spokenOf.add(pcr.index());
            rules.add(new EventRule(pcr, allowed));
        }));
    }

    private void event(Pcr pcr, Node item, Map<Bytes, String> allowed) {
        Map<String, Node> entries = yaml.mapping(item, new LinkedHashSet<>(List.of("digest", "what")), "an event");
        Optional<String> what = Optional.ofNullable(entries.get("what")).flatMap(text -> yaml.text(text, "'what'"));
        if (what.filter(text -> !text.isBlank() && text.length() <= WHAT_CHARS).isEmpty()) {
            yaml.error("policy.event", item, "say what the event is, for whoever has to decide about it later: 'what: shim 15.8'");
        }
        if (!entries.containsKey("digest")) {
            yaml.error("policy.event", item, "an event has a 'digest: …'");
            return;
        }
        registers.digest(pcr.bank(), entries.get("digest")).ifPresent(digest -> {
            if (allowed.putIfAbsent(digest, what.orElse("")) != null) {
                yaml.error("policy.duplicate", item, "the event is listed above already; keep one of them");
            }
        });
    }

    private void secureBoot(Node node) {
        Optional<String> state = yaml.text(node, "'secure-boot'");
        if (state.isPresent() && !state.get().matches("on|off")) {
            yaml.error("policy.secure-boot", node, "Secure Boot is 'on' or 'off'; leave 'secure-boot' out where it does not matter");
        }
        if (requireRegister(node, SecureBootRule.PCR, "secure-boot")) {
            rules.add(new SecureBootRule(registers.bank(), state.filter("on"::equals).isPresent()));
        }
    }

    private void phase(Node node) {
        Optional<String> path = yaml.text(node, "'phase'");
        List<BootPhase> phases = path.filter(text -> !text.equals("none") && text.length() <= PHASE_CHARS)
                .map(text -> Arrays.stream(text.split(":", -1)).map(BootPhase::named).flatMap(Optional::stream).toList())
                .orElse(List.of());
        if (path.filter(text -> !text.equals(PhaseRule.path(phases))).isPresent()) {
            yaml.error("policy.phase", node, "a phase is none, or a path of these, with colons between: "
                    + String.join(":", Arrays.stream(BootPhase.values()).map(BootPhase::word).toList()));
        }
        if (requireRegister(node, BootPhase.PCR, "phase")) {
            rules.add(new PhaseRule(registers.bank(), phases));
        }
    }

    private void keys(Node node) {
        List<Node> items = yaml.list(node, "'pcrsig'");
        if (items.isEmpty() || items.size() > MAX_KEYS) {
            yaml.error("policy.keys", node, "the list has 1 to " + MAX_KEYS + " public keys in PEM");
        }
        List<PublicKey> keys = new ArrayList<>();
        items.stream().limit(MAX_KEYS).forEach(item -> yaml.text(item, "a key").flatMap(text -> key(item, text)).ifPresent(keys::add));
        if (requireRegister(node, SignedPcrRule.PCR, "pcrsig")) {
            signed = true;
            rules.add(new SignedPcrRule(new Pcr(registers.bank(), SignedPcrRule.PCR), keys));
        }
    }

    private Optional<PublicKey> key(Node node, String pem) {
        Matcher matcher = PUBLIC_KEY.matcher(pem);
        if (matcher.matches()) {
            try {
                byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
                PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
                int bits = ((RSAPublicKey) key).getModulus().bitLength();
                if (bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS) {
                    return Optional.of(key);
                }
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // Said below.
            }
        }
        yaml.error("policy.key", node, "a key is a block 'BEGIN PUBLIC KEY' with an RSA key of " + MIN_RSA_BITS + " bits or more, as ukify genkey"
                + " makes them: what signed the PCRs is its private half");
        return Optional.empty();
    }

    private boolean requireRegister(Node node, int index, String section) {
        if (!registers.has(index)) {
            yaml.error("policy.unselected-pcr", node, "'" + section + "' is about PCR " + index + ", which is none of " + registers.selection()
                    + "; add it to 'pcrs' at the top");
            return false;
        }
        spokenOf.add(index);
        return true;
    }
}

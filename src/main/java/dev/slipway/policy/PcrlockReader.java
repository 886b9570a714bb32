package dev.slipway.policy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.ignition.Report;
import dev.slipway.ignition.YamlFile;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads what one component of a boot measures, as systemd-pcrlock predicts it.
 *
 * <pre>{ "records": [ { "pcr": 4, "digests": [ { "hashAlg": "sha256", "digest": hex }, … ] }, … ] }</pre>
 *
 * @see "systemd, systemd.pcrlock; TCG Canonical Event Log Format, JSON"
 */
final class PcrlockReader {

    private static final int MAX_RECORDS = 5_000;
    private static final int MAX_PCR = 23;

    private final YamlFile yaml;
    private final TpmHash bank;

    private PcrlockReader(YamlFile yaml, TpmHash bank) {
        this.yaml = yaml;
        this.bank = bank;
    }

    /** One measurement. */
    record Predicted(Pcr pcr, Bytes digest) {}

    /**
     * The measurements that have a digest of a bank, in their order.
     *
     * @param file for the findings
     * @throws ConfigInvalid with everything that is wrong, with line and column
     */
    static List<Predicted> read(String file, Bytes octets, TpmHash bank) {
        Report report = new Report();
        YamlFile yaml = new YamlFile(file, report);
        Optional<Node> top = yaml.read(octets);
        if (top.isEmpty() && !report.failed()) {
            report.error("pcrlock.empty", file, "there is nothing in it; a pcrlock file is JSON with 'records'");
        }
        report.throwIfFailed();
        List<Predicted> predicted = new PcrlockReader(yaml, bank).records(top.orElseThrow());
        report.throwIfFailed();
        return predicted;
    }

    private List<Predicted> records(Node top) {
        List<Predicted> predicted = new ArrayList<>();
        Node records = yaml.mapping(top, "a pcrlock file").get("records");
        if (records == null) {
            yaml.error("pcrlock.records", top, "a pcrlock file has 'records'");
            return predicted;
        }
        List<Node> items = yaml.list(records, "'records'");
        if (items.size() > MAX_RECORDS) {
            yaml.error("pcrlock.records", records, "there are more than " + MAX_RECORDS + " records");
        }
        items.stream().limit(MAX_RECORDS).forEach(item -> record(item).ifPresent(predicted::add));
        return predicted;
    }

    private Optional<Predicted> record(Node item) {
        Map<String, Node> entries = yaml.mapping(item, "a record");
        Optional<String> pcr = Optional.ofNullable(entries.get("pcr")).flatMap(node -> yaml.text(node, "'pcr'"));
        if (pcr.filter(index -> index.matches("[0-9]{1,2}") && Integer.parseInt(index) <= MAX_PCR).isEmpty()) {
            yaml.error("pcrlock.pcr", item, "a record has a 'pcr', from 0 to " + MAX_PCR);
            return Optional.empty();
        }
        List<Node> digests = entries.containsKey("digests") ? yaml.list(entries.get("digests"), "'digests'") : List.of();
        for (Node digest : digests) {
            Map<String, Node> parts = yaml.mapping(digest, "a digest");
            Optional<String> algorithm = Optional.ofNullable(parts.get("hashAlg")).flatMap(node -> yaml.text(node, "'hashAlg'"));
            if (algorithm.filter(bank.bank()::equals).isPresent() && parts.containsKey("digest")) {
                return Registers.digest(yaml, bank, parts.get("digest")).map(value -> new Predicted(new Pcr(bank, Integer.parseInt(pcr.get())), value));
            }
        }
        yaml.error("pcrlock.digests", item, "the record has no digest of the " + bank.bank() + " bank");
        return Optional.empty();
    }
}

package dev.slipway.policy;

import dev.slipway.attestation.ReferenceImage;
import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.Author;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts policies in force. Whatever of it fails changes nothing. */
public final class PolicyEditor {

    private static final int FACT_CHARS = 1_000;

    private final PolicyStore store;
    private final PolicyTrial trial;
    private final PcrSelection quoted;
    private final Clock clock;

    /** @param quoted the registers that devices are asked for */
    public PolicyEditor(PolicyStore store, PolicyTrial trial, PcrSelection quoted, Clock clock) {
        this.store = store;
        this.trial = trial;
        this.quoted = quoted;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param unchanged whether it was in force before
     * @param warnings of the policy
     * @param tried on what devices booted that were let in by it before
     */
    public record Outcome(PolicyRevision revision, boolean unchanged, List<Finding> warnings, PolicyTrial.Result tried) {}

    /**
     * Makes a revision of a policy, unless it is the one that is in force. That devices would be refused which were let in before is told, and
     * hinders nobody: an image that is not wanted any more is deleted.
     *
     * @param name that the policy has to give itself
     * @param dryRun to be told what would come of it, and change nothing
     * @throws ConfigInvalid with all that is wrong with it
     * @throws Invalid if it is about registers that devices are not asked for, or calls itself otherwise
     */
    public Outcome apply(String name, Bytes contents, Author author, boolean dryRun) {
        PolicyDocument document = PolicyReader.read("policy", contents);
        if (!document.name().equals(name)) {
            throw new Invalid("the policy calls itself '" + document.name() + "', and the path '" + name + "'");
        }
        requireQuoted(document);
        Bytes hash = TpmHash.TPM_ALG_SHA256.digest(contents);
        Optional<PolicyRevision> latest = store.latest(name);
        if (latest.filter(known -> known.hash().equals(hash)).isPresent()) {
            return new Outcome(latest.get(), true, document.warnings(), PolicyTrial.Result.NONE);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        int number = latest.map(PolicyRevision::number).orElse(0) + 1;
        PolicyRevision revision = new PolicyRevision(name, number, hash, author.name(), author.comment(), now, contents);
        PolicyTrial.Result tried = trial.of(document.policy());
        if (!dryRun) {
            store.add(revision, event(revision, document, tried));
        }
        return new Outcome(revision, false, document.warnings(), tried);
    }

    /** Devices that answer are asked for the same registers, known or not, so that nobody learns from it which there are. */
    private void requireQuoted(PolicyDocument document) {
        List<Pcr> missing = document.policy().pcrs().pcrs().stream().filter(pcr -> !quoted.pcrs().contains(pcr)).toList();
        if (!missing.isEmpty()) {
            throw new Invalid("devices quote " + quoted + ", and the policy is about "
                    + missing.stream().map(Pcr::toString).collect(Collectors.joining(", ")) + " as well; add it to slipway.tpm.pcrs, or leave it out");
        }
    }

    private static AuditEvent event(PolicyRevision revision, PolicyDocument document, PolicyTrial.Result tried) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("policy", revision.policy());
        facts.put("revision", Integer.toString(revision.number()));
        facts.put("hash", revision.hash().toHex());
        facts.put("images", shortened(document.policy().images().stream().map(ReferenceImage::name).collect(Collectors.joining(", "))));
        facts.put("comment", revision.comment());
        facts.put("tried", Integer.toString(tried.devices()));
        facts.put("refused", Integer.toString(tried.refused().size()));
        return new AuditEvent("policy.applied", revision.createdAt(), revision.author(), Optional.empty(), AuditEvent.Outcome.DONE, "", facts);
    }

    private static String shortened(String text) {
        return text.length() <= FACT_CHARS ? text : text.substring(0, FACT_CHARS) + "…";
    }
}

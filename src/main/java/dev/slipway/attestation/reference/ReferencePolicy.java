package dev.slipway.attestation.reference;

import dev.slipway.attestation.BootRule;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.PcrPolicy;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.ReferenceImage;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What machines may boot. Every section that is there has to hold.
 *
 * @param pcrs of one bank, which have to be quoted; nothing is said about others
 * @param platforms kinds of machines, one of which has to fit entirely; empty where any will do
 * @param images one of which has to fit entirely; empty where events or a signature tell the image
 * @param rules over the event log, the boot phase, and the publisher's signatures
 */
public record ReferencePolicy(
        String name, PcrSelection pcrs, List<ReferenceImage> platforms, List<ReferenceImage> images, List<BootRule> rules) implements BootRule {

    /** @throws IllegalArgumentException if nothing is wanted */
    public ReferencePolicy {
        platforms = List.copyOf(platforms);
        images = List.copyOf(images);
        rules = List.copyOf(rules);
        if (platforms.isEmpty() && images.isEmpty() && rules.isEmpty()) {
            throw new IllegalArgumentException("the policy " + name + " wants nothing, so that any machine would pass");
        }
    }

    @Override
    public List<Finding> findings(Booted booted) {
        List<Finding> findings = new ArrayList<>(unquoted(booted));
        findings.addAll(nearestPlatform(booted));
        findings.addAll(images.isEmpty() ? foreign(booted) : new PcrPolicy(images).findings(booted));
        rules.forEach(rule -> findings.addAll(rule.findings(booted)));
        return findings;
    }

    private List<Finding> unquoted(Booted booted) {
        return pcrs.pcrs().stream()
                .filter(pcr -> booted.value(pcr).isEmpty())
                .map(pcr -> Reason.PCR_POLICY.finding(pcr.toString(), "the policy " + name + " is about it, and it was not quoted"))
                .toList();
    }

    private List<Finding> nearestPlatform(Booted booted) {
        return platforms.stream().map(platform -> platform.differences(booted)).min(Comparator.comparingInt(List::size)).orElse(List.of());
    }

    private List<Finding> foreign(Booted booted) {
        TreeSet<Pcr> listed = new TreeSet<>();
        platforms.forEach(platform -> listed.addAll(platform.values().keySet()));
        rules.stream().filter(EventRule.class::isInstance).map(EventRule.class::cast).forEach(rule -> listed.add(rule.pcr()));
        return PcrPolicy.foreign("the policy " + name, listed, booted);
    }

    /** The image that was booted, if the policy lists it. */
    public Optional<String> image(Booted booted) {
        return images.isEmpty() ? Optional.empty() : new PcrPolicy(images).fitting(booted).map(ReferenceImage::name);
    }
}

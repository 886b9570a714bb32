package dev.slipway.attestation.reference;

import dev.slipway.attestation.BootRule;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.PcrSignature;
import dev.slipway.attestation.Reason;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import java.security.PublicKey;
import java.util.List;

/**
 * That the publisher signed a PCR policy which the quoted values satisfy; so that an image of his needs no entry here. The device brings the
 * signature along.
 *
 * @param pcr that has to be among those that are signed: PCR 11
 * @param keys of publishers
 */
public record SignedPcrRule(Pcr pcr, List<PublicKey> keys) implements BootRule {

    /** What systemd signs. */
    public static final int PCR = 11;

    public SignedPcrRule {
        keys = List.copyOf(keys);
    }

    @Override
    public List<Finding> findings(Booted booted) {
        List<PcrSignature> matching = booted.signatures().stream()
                .filter(signature -> signature.pcrs().contains(pcr) && signature.isFor(booted.quoted()))
                .toList();
        if (matching.stream().anyMatch(signature -> signature.signer(keys).isPresent())) {
            return List.of();
        }
        String found = booted.signatures().isEmpty()
                ? "no signature: the device sent no pcr_signature"
                : matching.isEmpty()
                        ? "none for the quoted value among " + booted.signatures().size() + " signatures"
                        : "a signature by a key that the policy does not list";
        return List.of(Reason.PCR_POLICY.finding(pcr.toString(), "expected a value that a key of the policy signed, found " + found));
    }
}

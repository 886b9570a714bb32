package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Optional;

/**
 * A publisher's word that registers may hold certain values, for whoever knows the publisher's key.
 *
 * @param pcrs of one bank
 * @param policy digest of a PolicyPCR over their values
 * @param signature RSASSA with SHA-256 over the digest, which TPM2_PolicyAuthorize would verify
 * @see "systemd, systemd-measure, sign; TPM 2.0 Library, Part 3, TPM2_PolicyPCR"
 */
public record PcrSignature(List<Pcr> pcrs, Bytes policy, Bytes signature) {

    private static final TpmHash POLICY_HASH = TpmHash.TPM_ALG_SHA256;
    private static final Bytes TPM_CC_POLICY_PCR = Bytes.fromHex("0000017f");

    public PcrSignature {
        pcrs = List.copyOf(pcrs);
    }

    /** Whether it is about these values. */
    public boolean isFor(PcrValues quoted) {
        return quoted.values().keySet().containsAll(pcrs) && policyPcr(quoted).equals(policy);
    }

    /** <pre>H(zeros, TPM_CC_PolicyPCR, TPML_PCR_SELECTION, H(values))</pre> */
    private Bytes policyPcr(PcrValues quoted) {
        Bytes values = Bytes.concat(pcrs.stream().map(quoted.values()::get).toArray(Bytes[]::new));
        Bytes before = Bytes.owning(new byte[POLICY_HASH.octets()]);
        return POLICY_HASH.digest(before, TPM_CC_POLICY_PCR, new PcrSelection(pcrs).encode(), POLICY_HASH.digest(values));
    }

    /** @return the first of the keys that signed it */
    public Optional<PublicKey> signer(List<PublicKey> keys) {
        return keys.stream().filter(this::isSignedBy).findFirst();
    }

    private boolean isSignedBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(policy.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            // A signature of another length than the key's.
            return false;
        }
    }
}

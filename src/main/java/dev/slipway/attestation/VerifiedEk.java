package dev.slipway.attestation;

import dev.slipway.failure.Finding;
import dev.slipway.tpm.TpmKey;
import java.util.List;

/**
 * An EK that its TPM's vendor certified. That somebody has this TPM is not shown by it: certificates are public.
 *
 * @param warnings what was taken note of
 * @param eccAksDenied whether AKs on elliptic curves of this TPM are not believed
 */
public record VerifiedEk(EndorsementKey key, EkCertificate certificate, TpmIdentity tpm, List<Finding> warnings, boolean eccAksDenied) {

    public VerifiedEk {
        warnings = List.copyOf(warnings);
    }

    /** @throws dev.slipway.failure.Failure.AttestationRejected if AKs of this kind are denied for this TPM */
    public void requireAllowed(AttestationKey ak) {
        if (eccAksDenied && ak.publicArea().key() instanceof TpmKey.Ecc) {
            throw Reason.EK_DENIED.rejected("ak", "ECC keys of " + tpm + " leak; enrol it with an RSA AK");
        }
    }
}

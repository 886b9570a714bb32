package dev.slipway.attestation;

import dev.slipway.tpm.Name;
import dev.slipway.tpm.ObjectAttributes;
import dev.slipway.tpm.ObjectAttributes.Attribute;
import dev.slipway.tpm.TpmtPublic;

/**
 * A public area that says what an AK has to say. It is no more than a claim, which a program can make too, until the Name went through
 * credential activation.
 *
 * @see "TPM 2.0 Library, Part 1, Restricted Attribute"
 */
public final class AttestationKey {

    private final TpmtPublic publicArea;

    private AttestationKey(TpmtPublic publicArea) {
        this.publicArea = publicArea;
    }

    /** @throws dev.slipway.failure.Failure.AttestationRejected if its attributes are not those of an AK */
    public static AttestationKey of(TpmtPublic publicArea) {
        ObjectAttributes attributes = publicArea.attributes();
        // spec: it signs, and does nothing else
        if (!attributes.has(Attribute.SIGN) || attributes.has(Attribute.DECRYPT)) {
            throw Reason.AK_NOT_SIGNING.rejected("ak", "an AK signs and does not decrypt; this one is " + attributes);
        }
        // spec: it signs only what its TPM made: any other key signs a forged quote as well
        if (!attributes.has(Attribute.RESTRICTED)) {
            throw Reason.AK_NOT_RESTRICTED.rejected("ak", "an AK is restricted; this one is " + attributes);
        }
        // spec: its TPM made it and never gives it away
        if (!Residency.isResident(attributes)) {
            throw Reason.AK_NOT_TPM_RESIDENT.rejected("ak", "an AK is " + Residency.REQUIRED + "; this one is " + attributes);
        }
        // spec: nothing about it rests on SHA-1
        Residency.requireStrongHashes("ak", publicArea);
        return new AttestationKey(publicArea);
    }

    public TpmtPublic publicArea() {
        return publicArea;
    }

    public Name name() {
        return publicArea.name();
    }
}

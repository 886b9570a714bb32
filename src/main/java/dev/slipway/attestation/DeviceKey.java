package dev.slipway.attestation;

import dev.slipway.tpm.Name;
import dev.slipway.tpm.ObjectAttributes;
import dev.slipway.tpm.ObjectAttributes.Attribute;
import dev.slipway.tpm.TpmtPublic;

/**
 * A public area that says what an FDO device key in a TPM has to say: it signs any digest, since FDO hashes outside of the TPM, and for
 * that reason must never be an AK as well. A claim, until the Name was certified by an AK or went through credential activation.
 */
public final class DeviceKey {

    private final TpmtPublic publicArea;

    private DeviceKey(TpmtPublic publicArea) {
        this.publicArea = publicArea;
    }

    /** @throws dev.slipway.failure.Failure.AttestationRejected if its attributes are not those of a device key */
    public static DeviceKey of(TpmtPublic publicArea) {
        ObjectAttributes attributes = publicArea.attributes();
        // spec: its TPM made it and never gives it away
        if (!Residency.isResident(attributes)) {
            throw Reason.KEY_NOT_TPM_RESIDENT.rejected(
                    "device-key", "a device key is " + Residency.REQUIRED + "; this one is " + attributes + ", so it may exist elsewhere");
        }
        // spec: it can sign what FDO hashes
        if (attributes.has(Attribute.RESTRICTED)) {
            throw Reason.OBJECT_IS_RESTRICTED.rejected("device-key", "a device key is not restricted; this one is " + attributes);
        }
        // spec: it signs, and does nothing else
        if (!attributes.has(Attribute.SIGN) || attributes.has(Attribute.DECRYPT)) {
            throw Reason.KEY_NOT_SIGNING.rejected("device-key", "a device key signs and does not decrypt; this one is " + attributes);
        }
        // spec: nothing about it rests on SHA-1
        Residency.requireStrongHashes("device-key", publicArea);
        return new DeviceKey(publicArea);
    }

    public TpmtPublic publicArea() {
        return publicArea;
    }

    public Name name() {
        return publicArea.name();
    }
}

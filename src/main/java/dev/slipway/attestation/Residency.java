package dev.slipway.attestation;

import dev.slipway.tpm.ObjectAttributes;
import dev.slipway.tpm.ObjectAttributes.Attribute;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmtPublic;

/** What makes a key one that exists in one TPM only. A TPM does not insist on any of it: it certifies keys that came from outside, too. */
final class Residency {

    static final String REQUIRED = "fixedTPM|fixedParent|sensitiveDataOrigin";

    private Residency() {}

    static boolean isResident(ObjectAttributes attributes) {
        return attributes.has(Attribute.FIXED_TPM)
                && attributes.has(Attribute.FIXED_PARENT)
                && attributes.has(Attribute.SENSITIVE_DATA_ORIGIN)
                && !attributes.has(Attribute.ENCRYPTED_DUPLICATION);
    }

    static void requireStrongHashes(String path, TpmtPublic key) {
        boolean strong = key.nameAlg().isStrong() && key.scheme().hash().map(TpmHash::isStrong).orElse(true);
        if (!strong) {
            throw Reason.WEAK_ALGORITHM.rejected(path, "SHA-1 is not accepted, neither for the Name nor for signatures");
        }
    }
}

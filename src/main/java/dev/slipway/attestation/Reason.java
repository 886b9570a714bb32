package dev.slipway.attestation;

import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Finding;
import java.util.List;
import java.util.Locale;

/**
 * Why evidence is refused. Factory lines and the audit log see these codes, so they are never renamed; a device is only told that it was
 * refused.
 */
public enum Reason {
    SESSION_UNKNOWN,
    PARSE,
    /** No TPM has proven to hold this AK. */
    AK_UNKNOWN,
    AK_NOT_SIGNING,
    AK_NOT_RESTRICTED,
    AK_NOT_TPM_RESIDENT,
    SIGNATURE,
    /** The signed octets were not made by the TPM itself. */
    MAGIC,
    TYPE,
    NONCE_TOO_SHORT,
    NONCE,
    PCR_SELECTION,
    PCR_DIGEST,
    /** The TPM, or a copy of it, went back to an older state. */
    RESET_COUNT,
    REPLAY,
    EVENT_DATA,
    PCR_RESET_STATE,
    PCR_POLICY,

    EK_PARSE,
    UNTRUSTED,
    CRITICAL_EXT,
    NOT_YET_VALID,
    EXPIRED,
    IS_CA,
    EKU,
    SAN,
    KEY_MISMATCH,
    EK_ATTRIBUTES,
    EK_DENIED,
    KEY_NOT_TPM_RESIDENT,
    OBJECT_IS_RESTRICTED,
    KEY_NOT_SIGNING,
    NAME_MISMATCH,
    CREATION_HASH,
    ACTIVATION,
    GUID_BOUND_TO_OTHER_TPM,
    /** Too many wrong answers. */
    GUID_LOCKED,
    VOUCHER_KEY_MISMATCH,
    /** A certificate request that is not one by the device key. */
    CSR,
    /** Certificates are wanted where no keys are certified. */
    NOT_CERTIFYING,

    /** SHA-1, where a Name or a signature would rest on it. */
    WEAK_ALGORITHM;

    /** {@code attestation.pcr-policy}. */
    public String id() {
        return "attestation." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param path what it is about: a PCR, a field, a certificate; empty for the whole */
    public Finding finding(String path, String message) {
        return Finding.error(id(), path, message);
    }

    public AttestationRejected rejected(String path, String message) {
        return new AttestationRejected(name(), List.of(finding(path, message)));
    }
}

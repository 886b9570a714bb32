package dev.slipway.fdo.voucher;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import java.time.Instant;
import java.util.List;

/** Whom the operator listed. */
public interface TrustStore {

    /** What somebody is believed to be. */
    enum Kind {
        /** A certificate that stands above devices' certificates. */
        DEVICE_CA,
        /** A public key that vouchers begin with. */
        MANUFACTURER,
        /** A public key that vouchers end with. */
        OWNER,
        /** A certificate of a TPM vendor: a root that is believed, or one below, which helps to find the way to a root. */
        TPM_CA,
        /** The public area of an EK that no vendor certified. */
        TPM_EK
    }

    /**
     * @param fingerprint SHA-256 of {@code encoded}
     * @param encoded DER: a certificate, or a SubjectPublicKeyInfo; a TPM2B_PUBLIC
     * @param name what people know it by
     */
    record Anchor(Kind kind, Bytes fingerprint, Bytes encoded, String name, Instant addedAt) {}

    /** All of them, oldest first. */
    List<Anchor> list();

    /** Adds those that are not there; on disk when this returns. */
    void add(List<Anchor> anchors, AuditEvent event);

    /**
     * On disk when this returns.
     *
     * @return whether it was there
     */
    boolean remove(Kind kind, Bytes fingerprint, AuditEvent event);
}

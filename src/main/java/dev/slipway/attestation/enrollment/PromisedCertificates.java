package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.DeviceKey;
import dev.slipway.attestation.Reason;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.key.CertificateRequest;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates that will be issued once all is proven.
 *
 * @param device the subject of the one for the device key
 * @param ofAk whether there will be one for the AK
 */
record PromisedCertificates(Optional<X500Principal> device, boolean ofAk) {

    static final PromisedCertificates NONE = new PromisedCertificates(Optional.empty(), false);

    private static final int MAX_SUBJECT_OCTETS = 512;

    /** @throws dev.slipway.failure.Failure.AttestationRejected if the request is not one by the device key, or its subject names nobody */
    static PromisedCertificates of(CertificateWish wish, DeviceKey deviceKey) {
        return new PromisedCertificates(wish.csr().map(der -> subject(der, deviceKey)), wish.ofAk());
    }

    private static X500Principal subject(Bytes der, DeviceKey deviceKey) {
        CertificateRequest request = verified(der);
        // spec: it is for the key that will be proven, and no other
        if (!deviceKey.publicArea().key().isKey(request.key())) {
            throw Reason.CSR.rejected("csr", "the certificate request is for another key than device_pub");
        }
        return subject(request.subject());
    }

    /** spec: its key signed it */
    private static CertificateRequest verified(Bytes der) {
        try {
            return CertificateRequest.verify(der);
        } catch (Malformed | Invalid e) {
            throw Reason.CSR.rejected("csr", e.getMessage());
        }
    }

    /** The line is believed in what it calls a device, as far as that can be read. */
    private static X500Principal subject(Bytes der) {
        if (der.length() > MAX_SUBJECT_OCTETS) {
            throw Reason.CSR.rejected("csr", "the certificate request is for a subject of more than " + MAX_SUBJECT_OCTETS + " octets");
        }
        try {
            X500Principal subject = new X500Principal(der.toArray());
            String text = subject.getName();
            if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
                throw Reason.CSR.rejected("csr", "the certificate request is for a subject without a name, or with control characters in it");
            }
            return subject;
        } catch (IllegalArgumentException e) {
            throw Reason.CSR.rejected("csr", "the certificate request is for a subject that is no name");
        }
    }
}

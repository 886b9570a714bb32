package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.AttestationKey;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.enrollment.EnrollmentState.Claim;
import dev.slipway.fdo.key.DeviceCa;
import dev.slipway.fdo.key.TcgPolicy;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Certifies the keys of an enrolment, where this service has an authority for that. */
final class KeyCertifier {

    private static final int NAME_HEADER_OCTETS = 2;
    private static final int SHORT_NAME_OCTETS = 16;

    private final Optional<DeviceCa> authority;

    KeyCertifier(Optional<DeviceCa> authority) {
        this.authority = authority;
    }

    /** @throws dev.slipway.failure.Failure.AttestationRejected if certificates are wanted where there are none */
    void requireAble(CertificateWish wish) {
        if (!wish.isNone() && authority.isEmpty()) {
            throw Reason.NOT_CERTIFYING.rejected("csr", "certificates are wanted of a service without the role of a manufacturer");
        }
    }

    /** @param proven all of it */
    IssuedCertificates issue(Claim proven) {
        PromisedCertificates promised = proven.certificates();
        Optional<X509Certificate> device = promised.device().flatMap(subject -> authority
                .map(ca -> ca.issue(proven.deviceKey().publicArea().key().publicKey(), subject, TcgPolicy.OF_A_DEVICE_KEY).certificates().get(0)));
        Optional<X509Certificate> ak = authority.filter(ca -> promised.ofAk())
                .map(ca -> ca.issueAk(proven.ak().publicArea().key().publicKey(), commonName(proven.ak())).certificates().get(0));
        return new IssuedCertificates(device, ak);
    }

    /** How its Name begins, by which whoever has both finds the enrolment. */
    private static String commonName(AttestationKey ak) {
        return "AK " + ak.name().value().slice(NAME_HEADER_OCTETS, NAME_HEADER_OCTETS + SHORT_NAME_OCTETS).toHex();
    }
}

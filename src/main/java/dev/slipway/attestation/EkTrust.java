package dev.slipway.attestation;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whose EK certificates are believed.
 *
 * @param anchors roots of TPM vendors, pinned by the operator
 * @param intermediates certificates that help to find a path; nothing is believed because it is among them
 */
public record EkTrust(List<X509Certificate> anchors, List<X509Certificate> intermediates) implements EkTrustSource {

    public EkTrust {
        anchors = List.copyOf(anchors);
        intermediates = List.copyOf(intermediates);
    }

    /**
     * Sorts what an operator listed: roots are pinned, all others only help.
     *
     * @param certificates of CAs
     */
    public static EkTrust of(List<X509Certificate> certificates) {
        Map<Boolean, List<X509Certificate>> sorted = certificates.stream().collect(Collectors.partitioningBy(EkTrust::isRoot));
        return new EkTrust(sorted.get(true), sorted.get(false));
    }

    /** Whether it is signed with its own key. */
    public static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()) && EkIssuers.isSignedBy(certificate, certificate);
    }

    /** Itself: it never changes. */
    @Override
    public EkTrust current() {
        return this;
    }
}

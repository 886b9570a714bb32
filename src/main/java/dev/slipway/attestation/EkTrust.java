package dev.slipway.attestation;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whose EK certificates are believed.
 *
 * @param anchors roots of TPM vendors, pinned by the operator
 * @param intermediates certificates that help to find a path; nothing is believed because it is among them
 */
public record EkTrust(List<X509Certificate> anchors, List<X509Certificate> intermediates) {

    public EkTrust {
        anchors = List.copyOf(anchors);
        intermediates = List.copyOf(intermediates);
    }
}

package dev.slipway.fdo.key;

import dev.slipway.bytes.Bytes;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Judges evidence, as vouchers carry it, that a device's key is in a TPM. */
@FunctionalInterface
public interface KeyEvidence {

    /**
     * That an AK vouches for the key. That the AK is in the TPM somebody has seen: whoever certified it, or gives the evidence.
     *
     * @param tpm whose EK is in the evidence, in words
     * @param akCertificates of the AK, its own first; may be none
     */
    record Vouched(String tpm, List<X509Certificate> akCertificates) {

        public Vouched {
            akCertificates = List.copyOf(akCertificates);
        }
    }

    /**
     * @throws dev.slipway.failure.Failure.AttestationRejected with what does not convince
     * @throws dev.slipway.failure.Failure.Malformed if it is no evidence
     */
    Vouched examine(Bytes evidence, PublicKey deviceKey);
}

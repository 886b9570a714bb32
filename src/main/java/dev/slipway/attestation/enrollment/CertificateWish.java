package dev.slipway.attestation.enrollment;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.Optional;

/**
 * The certificates that the line wants of what will be proven; not looked into yet.
 *
 * @param csr PKCS#10, for the device key
 * @param ofAk whether one for the AK is wanted: it is made only for who asks, since it says for decades what an AK of a machine is
 */
public record CertificateWish(Optional<Bytes> csr, boolean ofAk) {

    public static final CertificateWish NONE = new CertificateWish(Optional.empty(), false);

    /** One for a P-384 key, with a long subject, has a tenth of this. */
    private static final int MAX_CSR_OCTETS = 4096;

    /** @throws Malformed if the request is longer than any */
    public CertificateWish {
        if (csr.filter(der -> der.length() > MAX_CSR_OCTETS).isPresent()) {
            throw new Malformed("certificate request of more than " + MAX_CSR_OCTETS + " octets");
        }
    }

    boolean isNone() {
        return csr.isEmpty() && !ofAk;
    }
}

package dev.slipway.attestation;

import dev.slipway.tpm.Name;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * TPMs that are not believed any more, whatever their vendor certified. Kept locally: where devices are made, no revocation server can be
 * reached.
 *
 * @param certificates by issuer and serial number
 * @param eks by Name
 * @param firmware by vendor and version
 */
public record EkDenyList(Set<Certificate> certificates, Set<Name> eks, List<Firmware> firmware) {

    public static final EkDenyList EMPTY = new EkDenyList(Set.of(), Set.of(), List.of());

    public EkDenyList {
        certificates = Set.copyOf(certificates);
        eks = Set.copyOf(eks);
        firmware = List.copyOf(firmware);
    }

    public record Certificate(X500Principal issuer, BigInteger serial) {}

    /** What of a TPM is denied. */
    public enum Scope {
        EVERYTHING,
        /** Its ECDSA leaks nonces (TPM-FAIL, CVE-2019-11090, CVE-2019-16863); RSA AKs of it are fine. */
        ECC_AKS
    }

    /**
     * @param manufacturerId as in {@link TpmIdentity}
     * @param first first version that is denied, as an unsigned number
     * @param last last one
     */
    public record Firmware(String manufacturerId, long first, long last, Scope scope) {

        boolean covers(TpmIdentity tpm) {
            long version = tpm.firmwareVersion();
            return tpm.manufacturerId().equals(manufacturerId)
                    && Long.compareUnsigned(version, first) >= 0
                    && Long.compareUnsigned(version, last) <= 0;
        }
    }

    /** Whether the EK with this Name is denied. */
    public boolean denies(Name ek) {
        return eks.contains(ek);
    }

    boolean deniesCertificate(EkCertificate certificate) {
        return certificates.contains(
                new Certificate(certificate.certificate().getIssuerX500Principal(), certificate.certificate().getSerialNumber()));
    }

    boolean denies(TpmIdentity tpm, Scope scope) {
        return firmware.stream().anyMatch(range -> range.scope() == scope && range.covers(tpm));
    }
}

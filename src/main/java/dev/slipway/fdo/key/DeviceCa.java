package dev.slipway.fdo.key;

import dev.slipway.fdo.type.CertificateChain;
import java.security.PublicKey;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Issues certificates for the keys of devices; with keys of its own, apart from the manufacturer's. */
public interface DeviceCa {

    /**
     * A certificate for {@code deviceKey} whose common name is {@code name}, followed by those above it.
     *
     * @param name 1 to 64 printable characters
     * @param policies what is known of the key
     */
    CertificateChain issue(PublicKey deviceKey, String name, Set<TcgPolicy> policies);

    /** The same for a subject that was asked for. */
    CertificateChain issue(PublicKey deviceKey, X500Principal subject, Set<TcgPolicy> policies);

    /**
     * A certificate for an AK that was proven to be one, which says so, followed by those above it.
     *
     * @param ak of any kind that TPMs have
     * @param name 1 to 64 printable characters
     */
    CertificateChain issueAk(PublicKey ak, String name);
}

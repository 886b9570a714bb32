package dev.slipway.fdo.key;

import dev.slipway.fdo.type.CertificateChain;
import java.security.PublicKey;
import java.util.Set;

/** Issues device certificates; a key of its own, apart from the manufacturer's. */
public interface DeviceCa {

    /**
     * A certificate for {@code deviceKey} whose common name is {@code name}, followed by those above it.
     *
     * @param name 1 to 64 printable characters
     * @param policies what is known of the key
     */
    CertificateChain issue(PublicKey deviceKey, String name, Set<TcgPolicy> policies);
}

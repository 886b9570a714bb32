package dev.slipway.fdo.voucher;

import dev.slipway.fdo.type.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Whom the operator believes; what this server itself made is always among them. */
public interface TrustAnchors {

    /** Certificates of authorities that certify device keys. */
    List<X509Certificate> deviceCas();

    /** Whether vouchers that begin with this key are believed to be a maker's own. */
    boolean knowsManufacturer(PublicKey key);

    /** Whether this key is a known owner's. */
    boolean knowsOwner(PublicKey key);
}

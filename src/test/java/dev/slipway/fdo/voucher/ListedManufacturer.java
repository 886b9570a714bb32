package dev.slipway.fdo.voucher;

import dev.slipway.fdo.type.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Anchors of somebody who lists a manufacturer, or nobody.
 *
 * @param listed asked anew each time
 */
public record ListedManufacturer(BooleanSupplier listed) implements TrustAnchors {

    @Override
    public List<X509Certificate> deviceCas() {
        return List.of();
    }

    @Override
    public boolean knowsManufacturer(PublicKey key) {
        return listed.getAsBoolean();
    }

    @Override
    public boolean knowsOwner(PublicKey key) {
        return false;
    }
}

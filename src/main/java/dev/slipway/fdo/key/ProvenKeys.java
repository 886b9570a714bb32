package dev.slipway.fdo.key;

import java.security.PublicKey;

/** The device keys that were proven to be in a TPM that is trusted, and not to leave it. */
public interface ProvenKeys {

    boolean include(PublicKey deviceKey);
}

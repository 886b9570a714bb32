package dev.slipway.fdo.key;

import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.security.PrivateKey;

/** A key pair of ours. The private half may be a handle to hardware. */
public record SigningKey(PrivateKey privateKey, PublicKey publicKey) {

    public KeyType type() {
        return publicKey.type();
    }

    @Override
    public String toString() {
        return "SigningKey[" + type() + "]";
    }
}

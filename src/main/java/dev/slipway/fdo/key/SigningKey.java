package dev.slipway.fdo.key;

import dev.slipway.cose.CoseAlgorithm;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.security.PrivateKey;

/** A key pair of ours. The private half may be a handle to hardware. */
public record SigningKey(PrivateKey privateKey, PublicKey publicKey) {

    public KeyType type() {
        return publicKey.type();
    }

    /** The algorithm to sign with where the hashes around are of type {@code hashType}: an RSA key takes the same, a curve has its own. */
    public CoseAlgorithm algorithmFor(HashType hashType) {
        if (type().isElliptic()) {
            return CoseAlgorithm.of(privateKey).orElseThrow();
        }
        return hashType == HashType.SHA256 ? CoseAlgorithm.RS256 : CoseAlgorithm.RS384;
    }

    @Override
    public String toString() {
        return "SigningKey[" + type() + "]";
    }
}

package dev.slipway.fdo.type;

import dev.slipway.cose.EcCurve;
import dev.slipway.failure.Failure.Malformed;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of public key and their numbers on the wire (FIDO Device Onboard 1.1, Public key, pkType). A later kind is a later row. */
public enum KeyType {
    SECP256R1(10, EcCurve.P_256, HashType.SHA256),
    SECP384R1(11, EcCurve.P_384, HashType.SHA384);

    private final int id;
    private final EcCurve curve;
    private final HashType hashType;

    KeyType(int id, EcCurve curve, HashType hashType) {
        this.id = id;
        this.curve = curve;
        this.hashType = hashType;
    }

    /** @throws Malformed if it is none of these */
    public static KeyType ofId(long id) {
        return Arrays.stream(values())
                .filter(type -> type.id == id)
                .findFirst()
                .orElseThrow(() -> new Malformed("public key type " + id + " is not supported"));
    }

    public static Optional<KeyType> of(java.security.Key key) {
        return EcCurve.of(key).map(curve -> curve == EcCurve.P_256 ? SECP256R1 : SECP384R1);
    }

    public int id() {
        return id;
    }

    public EcCurve curve() {
        return curve;
    }

    /** The hash of the same strength. */
    public HashType hashType() {
        return hashType;
    }
}

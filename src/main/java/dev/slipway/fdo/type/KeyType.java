package dev.slipway.fdo.type;

import dev.slipway.cose.EcCurve;
import dev.slipway.failure.Failure.Malformed;
import java.math.BigInteger;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Kinds of public key and their numbers on the wire (FIDO Device Onboard 1.1, Public key, pkType). */
public enum KeyType {
    /** 2048 bits, exponent 65537. */
    RSA2048RESTR(1, Optional.empty()),
    RSAPKCS(5, Optional.empty()),
    SECP256R1(10, Optional.of(EcCurve.P_256)),
    SECP384R1(11, Optional.of(EcCurve.P_384));

    /** The types that devices have, and that this server makes keys of. */
    public static final List<KeyType> ELLIPTIC = List.of(SECP256R1, SECP384R1);

    private static final int MIN_RSA_BITS = 2048;
    /** The standard knows 2048 and 3072; more is met in certificates, and costs more to verify the more it is. */
    private static final int MAX_RSA_BITS = 4096;

    /** Everybody uses 65537 or less; one as long as the modulus makes each verification twenty times as expensive. */
    private static final int MAX_EXPONENT_BITS = 32;

    private static final BigInteger F4 = BigInteger.valueOf(65537);

    private final int id;
    private final Optional<EcCurve> curve;

    KeyType(int id, Optional<EcCurve> curve) {
        this.id = id;
        this.curve = curve;
    }

    /** @throws Malformed if it is none of these */
    public static KeyType ofId(long id) {
        return Arrays.stream(values())
                .filter(type -> type.id == id)
                .findFirst()
                .orElseThrow(() -> new Malformed("public key type " + id + " is not supported"));
    }

    /** The type that a key is written with; empty for a kind or size that FDO does not use. */
    public static Optional<KeyType> of(java.security.Key key) {
        return key instanceof RSAKey rsa
                ? ofRsa(rsa)
                : EcCurve.of(key).map(curve -> curve == EcCurve.P_256 ? SECP256R1 : SECP384R1);
    }

    private static Optional<KeyType> ofRsa(RSAKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            return Optional.empty();
        }
        if (key instanceof RSAPublicKey known && known.getPublicExponent().bitLength() > MAX_EXPONENT_BITS) {
            return Optional.empty();
        }
        boolean restricted = bits == MIN_RSA_BITS && key instanceof RSAPublicKey known && known.getPublicExponent().equals(F4);
        return Optional.of(restricted ? RSA2048RESTR : RSAPKCS);
    }

    /** Whether a key may be said to be of this type; a restricted RSA key is an RSA key, too. */
    boolean describes(java.security.Key key) {
        Optional<KeyType> own = of(key);
        return own.filter(this::equals).isPresent() || this == RSAPKCS && own.filter(RSA2048RESTR::equals).isPresent();
    }

    public int id() {
        return id;
    }

    public boolean isElliptic() {
        return curve.isPresent();
    }

    /** The curve of an {@link #ELLIPTIC} type. */
    public EcCurve curve() {
        return curve.orElseThrow();
    }

    /** The hash of the strength of an {@link #ELLIPTIC} type. */
    public HashType hashType() {
        return curve() == EcCurve.P_256 ? HashType.SHA256 : HashType.SHA384;
    }
}

package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.Optional;

/** Elliptic curves by their TPM_ECC_CURVE (TCG Algorithm Registry). */
public enum TpmEccCurve {
    TPM_ECC_NIST_P256(0x0003, "secp256r1", 32),
    TPM_ECC_NIST_P384(0x0004, "secp384r1", 48),
    TPM_ECC_NIST_P521(0x0005, "secp521r1", 66);

    /** The most octets that a coordinate has. */
    static final int MAX_FIELD_OCTETS = 66;

    private final int id;
    private final String jcaName;
    private final int fieldOctets;
    private final ECParameterSpec parameters;

    TpmEccCurve(int id, String jcaName, int fieldOctets) {
        this.id = id;
        this.jcaName = jcaName;
        this.fieldOctets = fieldOctets;
        this.parameters = parameters(jcaName);
    }

    private static ECParameterSpec parameters(String jcaName) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(jcaName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no elliptic curves in this JDK", e);
        }
    }

    /** @throws Malformed if it is none of these */
    static TpmEccCurve ofId(int id) {
        return Arrays.stream(values())
                .filter(curve -> curve.id == id)
                .findFirst()
                .orElseThrow(() -> new Malformed("elliptic curve 0x%04x is not supported".formatted(id)));
    }

    /** The curve of a key, if it is one of these. */
    public static Optional<TpmEccCurve> of(ECKey key) {
        return Arrays.stream(values())
                .filter(curve -> curve.parameters.getCurve().equals(key.getParams().getCurve()))
                .findFirst();
    }

    public int id() {
        return id;
    }

    public ECParameterSpec parameters() {
        return parameters;
    }

    /** Octets of one coordinate. */
    public int fieldOctets() {
        return fieldOctets;
    }

    /** A coordinate at full width: some TPMs strip leading zeros. */
    public Bytes padded(Bytes coordinate) {
        return Bytes.concat(Bytes.owning(new byte[fieldOctets - coordinate.length()]), coordinate);
    }

    /** A field element at full width. */
    public Bytes padded(BigInteger element) {
        byte[] octets = element.toByteArray();
        int leadingZeros = octets[0] == 0 ? 1 : 0;
        return padded(Bytes.owning(octets).slice(leadingZeros, octets.length));
    }

    /** @throws Malformed if the point is not on the curve: ECDH with such a point would leak bits of the ephemeral key */
    void requireOnCurve(Bytes x, Bytes y) {
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger px = new BigInteger(1, x.toArray());
        BigInteger py = new BigInteger(1, y.toArray());
        EllipticCurve curve = parameters.getCurve();
        BigInteger right = px.pow(3).add(curve.getA().multiply(px)).add(curve.getB()).mod(p);
        if (px.compareTo(p) >= 0 || py.compareTo(p) >= 0 || !py.multiply(py).mod(p).equals(right)) {
            throw new Malformed("point is not on " + jcaName);
        }
    }

    ECPublicKey publicKey(Bytes x, Bytes y) {
        try {
            ECPoint point = new ECPoint(new BigInteger(1, x.toArray()), new BigInteger(1, y.toArray()));
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
        } catch (GeneralSecurityException e) {
            throw new Malformed("no " + jcaName + " public key: " + e.getMessage());
        }
    }
}

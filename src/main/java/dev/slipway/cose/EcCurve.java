package dev.slipway.cose;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Invalid;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** The NIST curves that FDO 1.1 uses, with their COSE numbers (RFC 9053, Elliptic Curve Keys). */
public enum EcCurve {
    P_256(1, "secp256r1", 32),
    P_384(2, "secp384r1", 48);

    private final int coseId;
    private final String jcaName;
    private final int fieldOctets;
    private final ECParameterSpec parameters;

    EcCurve(int coseId, String jcaName, int fieldOctets) {
        this.coseId = coseId;
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

    public static Optional<EcCurve> ofCoseId(long coseId) {
        return Arrays.stream(values()).filter(curve -> curve.coseId == coseId).findFirst();
    }

    /** The curve of a key, if it is one of these. */
    public static Optional<EcCurve> of(java.security.Key key) {
        return key instanceof java.security.interfaces.ECKey ec
                ? Arrays.stream(values())
                        .filter(curve -> curve.parameters.getCurve().equals(ec.getParams().getCurve()))
                        .findFirst()
                : Optional.empty();
    }

    public int coseId() {
        return coseId;
    }

    public String jcaName() {
        return jcaName;
    }

    /** Octets of one coordinate. */
    public int fieldOctets() {
        return fieldOctets;
    }

    public ECParameterSpec parameters() {
        return parameters;
    }

    /**
     * The public key with these coordinates, big-endian; shorter ones are padded, leading zero octets beyond the field size are allowed.
     *
     * @throws Invalid if the coordinates are out of range or the point is not on the curve
     */
    public ECPublicKey publicKey(Bytes x, Bytes y) {
        BigInteger px = new BigInteger(1, x.toArray());
        BigInteger py = new BigInteger(1, y.toArray());
        // The point is checked before any provider sees it: an invalid curve point would leak bits of our private key.
        ECPoint point = new ECPoint(px, py);
        requireOnCurve(point);
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
        } catch (GeneralSecurityException e) {
            throw new Invalid("no " + jcaName + " public key: " + e.getMessage());
        }
    }

    /** @throws Invalid if the coordinates are out of range or the point is not on the curve */
    public void requireOnCurve(ECPoint point) {
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        boolean inRange = x.compareTo(p) < 0 && y.compareTo(p) < 0;
        BigInteger right = x.multiply(x).mod(p).add(parameters.getCurve().getA()).multiply(x).add(parameters.getCurve().getB()).mod(p);
        if (!inRange || !y.multiply(y).mod(p).equals(right)) {
            throw new Invalid("point is not on " + jcaName);
        }
    }

    /** A field element in exactly {@link #fieldOctets()} octets. */
    public Bytes fixedWidth(BigInteger element) {
        byte[] minimal = element.toByteArray();
        byte[] fixed = new byte[fieldOctets];
        int significant = Math.min(minimal.length, fieldOctets);
        System.arraycopy(minimal, minimal.length - significant, fixed, fieldOctets - significant, significant);
        return Bytes.owning(fixed);
    }
}

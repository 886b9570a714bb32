package dev.slipway.cose;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.failure.Failure.Malformed;
import java.security.interfaces.ECPublicKey;

/** Reads elliptic-curve keys in COSE form, also those without {@code kty} that some clients write (RFC 9053, Double Coordinate Curves). */
public final class CoseKey {

    private static final int KTY = 1;
    private static final int KTY_EC2 = 2;
    private static final int CRV = -1;
    private static final int X = -2;
    private static final int Y = -3;

    private CoseKey() {}

    /**
     * <pre>{ ? 1: 2, -1: crv, -2: x bstr, -3: y bstr }</pre>
     *
     * @throws Malformed if it is of another shape or curve
     * @throws dev.slipway.failure.Failure.Invalid if the point is not on the curve
     */
    public static ECPublicKey decode(CborItem item) {
        item.get(KTY).filter(kty -> kty.integer() != KTY_EC2).ifPresent(kty -> {
            throw new Malformed("COSE key is not of type EC2");
        });
        EcCurve curve = EcCurve.ofCoseId(label(item, CRV).integer()).orElseThrow(() -> new Malformed("COSE key on an unknown curve"));
        return curve.publicKey(coordinate(item, X, curve), coordinate(item, Y, curve));
    }

    private static Bytes coordinate(CborItem item, int label, EcCurve curve) {
        Bytes coordinate = label(item, label).byteString();
        if (coordinate.isEmpty() || coordinate.length() > curve.fieldOctets() + 1) {
            throw new Malformed("coordinate of " + coordinate.length() + " octets in a COSE key");
        }
        return coordinate;
    }

    private static CborItem label(CborItem item, int label) {
        return item.get(label).orElseThrow(() -> new Malformed("COSE key without label " + label));
    }
}

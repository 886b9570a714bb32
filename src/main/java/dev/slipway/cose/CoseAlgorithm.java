package dev.slipway.cose;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.Invalid;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Signature algorithms with their COSE numbers (RFC 9053, ECDSA). The curve fixes the hash. A later suite is a later row. */
public enum CoseAlgorithm {
    ES256(-7, "SHA256withECDSAinP1363Format", EcCurve.P_256),
    ES384(-35, "SHA384withECDSAinP1363Format", EcCurve.P_384);

    private final int id;
    private final String jcaName;
    private final EcCurve curve;

    CoseAlgorithm(int id, String jcaName, EcCurve curve) {
        this.id = id;
        this.jcaName = jcaName;
        this.curve = curve;
    }

    /** @throws Invalid if it is none of these */
    public static CoseAlgorithm ofId(long id) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.id == id)
                .findFirst()
                .orElseThrow(() -> new Invalid("signature algorithm " + id + " is not supported"));
    }

    /** The one algorithm that a key signs with. */
    public static Optional<CoseAlgorithm> of(java.security.Key key) {
        return EcCurve.of(key).map(curve -> curve == EcCurve.P_256 ? ES256 : ES384);
    }

    public int id() {
        return id;
    }

    /** @throws Invalid if the key is of another kind, or the signature does not verify */
    void verify(PublicKey key, Bytes message, Bytes signature) {
        if (EcCurve.of(key).filter(curve::equals).isEmpty()) {
            throw new Invalid("algorithm " + this + " does not fit the key");
        }
        for (Bytes candidate : fullWidthForms(signature)) {
            if (verifies(key, message, candidate)) {
                return;
            }
        }
        throw new Invalid(this + " signature does not verify");
    }

    private boolean verifies(PublicKey key, Bytes message, Bytes signature) {
        try {
            Signature verifier = Signature.getInstance(jcaName);
            verifier.initVerify(key);
            verifier.update(message.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Clients exist that drop leading zero octets of r and s, and with them the border between the two: every possible border is tried.
     * Each try is a full verification, so nothing is accepted that the key did not sign.
     */
    private List<Bytes> fullWidthForms(Bytes signature) {
        int field = curve.fieldOctets();
        int missing = 2 * field - signature.length();
        if (missing < 0 || missing > 2) {
            throw new Invalid(this + " signature of " + signature.length() + " octets");
        }
        List<Bytes> forms = new ArrayList<>();
        for (int missingInR = 0; missingInR <= missing; missingInR++) {
            int border = field - missingInR;
            forms.add(Bytes.concat(
                    Bytes.owning(new byte[missingInR]),
                    signature.slice(0, border),
                    Bytes.owning(new byte[missing - missingInR]),
                    signature.slice(border, signature.length())));
        }
        return forms;
    }

    Bytes sign(PrivateKey key, Bytes message) {
        try {
            Signature signer = Signature.getInstance(jcaName);
            signer.initSign(key);
            signer.update(message.toArray());
            return Bytes.owning(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new Internal("cannot sign with " + this, e);
        }
    }
}

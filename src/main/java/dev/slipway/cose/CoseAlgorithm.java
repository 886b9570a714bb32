package dev.slipway.cose;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.Invalid;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Signature algorithms with their COSE numbers (RFC 9053, ECDSA; RFC 8812, RSASSA-PKCS1-v1_5). A curve fixes its hash; an RSA key of any
 * size goes with either.
 */
public enum CoseAlgorithm {
    ES256(-7, "SHA256withECDSAinP1363Format", Optional.of(EcCurve.P_256)),
    ES384(-35, "SHA384withECDSAinP1363Format", Optional.of(EcCurve.P_384)),
    RS256(-257, "SHA256withRSA", Optional.empty()),
    RS384(-258, "SHA384withRSA", Optional.empty());

    private static final int SMALL_RSA_BITS = 2048;

    private final int id;
    private final String jcaName;
    private final Optional<EcCurve> curve;

    CoseAlgorithm(int id, String jcaName, Optional<EcCurve> curve) {
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

    /** The algorithm that a key signs with where nothing else decides: the one of its curve, or of the hash of its strength. */
    public static Optional<CoseAlgorithm> of(java.security.Key key) {
        if (key instanceof RSAKey rsa) {
            return Optional.of(rsa.getModulus().bitLength() <= SMALL_RSA_BITS ? RS256 : RS384);
        }
        return EcCurve.of(key).map(curve -> curve == EcCurve.P_256 ? ES256 : ES384);
    }

    public int id() {
        return id;
    }

    /** @throws Invalid if the key is of another kind, or the signature does not verify */
    void verify(PublicKey key, Bytes message, Bytes signature) {
        if (!fits(key)) {
            throw new Invalid("algorithm " + this + " does not fit the key");
        }
        List<Bytes> candidates = curve.map(known -> fullWidthForms(signature, known)).orElse(List.of(signature));
        for (Bytes candidate : candidates) {
            if (verifies(key, message, candidate)) {
                return;
            }
        }
        throw new Invalid(this + " signature does not verify");
    }

    private boolean fits(PublicKey key) {
        return curve.map(known -> EcCurve.of(key).filter(known::equals).isPresent()).orElse(key instanceof RSAKey);
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
    private List<Bytes> fullWidthForms(Bytes signature, EcCurve curve) {
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

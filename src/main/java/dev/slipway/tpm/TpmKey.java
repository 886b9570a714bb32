package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.RSAPublicKeySpec;
import java.util.Set;

/** The numbers of a public key, TPMU_PUBLIC_ID with the parameters that they need. */
public sealed interface TpmKey {

    /** The key for JCA. */
    PublicKey publicKey();

    /** Whether {@code other} has the same numbers; how a provider encodes them may differ. */
    boolean isKey(PublicKey other);

    /** @param modulus of as many bits as keyBits says; the exponent is 65537 */
    record Rsa(Bytes modulus) implements TpmKey {

        static final int MAX_OCTETS = 512;
        private static final Set<Integer> BITS = Set.of(2048, 3072, 4096);
        private static final long F4 = 65537;

        static Rsa read(TpmReader reader, int bits, long exponent) {
            if (!BITS.contains(bits)) {
                throw reader.malformed("has an RSA key of " + bits + " bits");
            }
            // Zero stands for the default. Others are refused: a tiny one makes bad signatures forgeable, a huge one verification dear.
            if (exponent != 0 && exponent != F4) {
                throw reader.malformed("has an RSA exponent of " + exponent);
            }
            Bytes modulus = reader.sized(MAX_OCTETS);
            if (modulus.length() != bits / 8 || (modulus.at(0) & 0x80) == 0 || (modulus.at(modulus.length() - 1) & 1) == 0) {
                throw reader.malformed("has a modulus that is not an odd number of " + bits + " bits");
            }
            return new Rsa(modulus);
        }

        @Override
        public PublicKey publicKey() {
            try {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(new BigInteger(1, modulus.toArray()), BigInteger.valueOf(F4)));
            } catch (GeneralSecurityException e) {
                throw new Malformed("no RSA public key: " + e.getMessage());
            }
        }

        @Override
        public boolean isKey(PublicKey other) {
            return other instanceof RSAPublicKey rsa
                    && rsa.getModulus().equals(new BigInteger(1, modulus.toArray()))
                    && rsa.getPublicExponent().equals(BigInteger.valueOf(F4));
        }
    }

    /** A point on its curve; coordinates are at full width, however the TPM wrote them. */
    record Ecc(TpmEccCurve curve, Bytes x, Bytes y) implements TpmKey {

        static Ecc read(TpmReader reader, TpmEccCurve curve) {
            Bytes x = coordinate(reader, curve);
            Bytes y = coordinate(reader, curve);
            curve.requireOnCurve(x, y);
            return new Ecc(curve, x, y);
        }

        private static Bytes coordinate(TpmReader reader, TpmEccCurve curve) {
            Bytes coordinate = reader.sized(curve.fieldOctets());
            if (coordinate.isEmpty()) {
                throw reader.malformed("has a point without a coordinate");
            }
            return curve.padded(coordinate);
        }

        @Override
        public PublicKey publicKey() {
            return curve.publicKey(x, y);
        }

        @Override
        public boolean isKey(PublicKey other) {
            return other instanceof ECPublicKey ec
                    && TpmEccCurve.of(ec).filter(curve::equals).isPresent()
                    && ec.getW().equals(new ECPoint(new BigInteger(1, x.toArray()), new BigInteger(1, y.toArray())));
        }
    }
}

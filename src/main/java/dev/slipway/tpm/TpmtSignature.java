package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.AsymmetricScheme.Algorithm;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Optional;

/**
 * A signature as a TPM writes it.
 *
 * <pre>
 * TPMT_SIGNATURE = sigAlg u16, hashAlg u16, signature
 * RSASSA, RSAPSS: sig TPM2B        ECDSA: r TPM2B, s TPM2B
 * </pre>
 *
 * @see "TPM 2.0 Library, Part 2, TPMT_SIGNATURE"
 */
public sealed interface TpmtSignature {

    /** The hash of the signed octets; a quote hashes its PCR values with it, too. */
    TpmHash hash();

    /** Whether {@code key} made this signature over {@code message}, with the scheme that it is bound to and a strong hash. */
    boolean verifies(TpmtPublic key, Bytes message);

    /** @throws Malformed if it is not exactly one TPMT_SIGNATURE of RSASSA, RSAPSS or ECDSA */
    static TpmtSignature decode(Bytes bytes) {
        TpmReader reader = TpmReader.of("TPMT_SIGNATURE", bytes);
        Algorithm algorithm = Algorithm.ofId(reader.u16());
        TpmHash hash = TpmHash.ofId(reader.u16());
        TpmtSignature signature =
                switch (algorithm) {
                    case TPM_ALG_RSASSA, TPM_ALG_RSAPSS -> new Rsa(algorithm, hash, reader.sized(TpmKey.Rsa.MAX_OCTETS));
                    case TPM_ALG_ECDSA ->
                        new Ecdsa(hash, reader.sized(TpmEccCurve.MAX_FIELD_OCTETS), reader.sized(TpmEccCurve.MAX_FIELD_OCTETS));
                    case TPM_ALG_NULL, TPM_ALG_RSAES, TPM_ALG_OAEP, TPM_ALG_ECDH, TPM_ALG_ECDAA ->
                        throw reader.malformed("is of " + algorithm + ", which is not supported");
                };
        reader.end();
        return signature;
    }

    private static boolean check(String jcaName, Optional<AlgorithmParameterSpec> parameters, PublicKey key, Bytes message, Bytes signature) {
        try {
            Signature verifier = Signature.getInstance(jcaName);
            if (parameters.isPresent()) {
                verifier.setParameter(parameters.get());
            }
            verifier.initVerify(key);
            verifier.update(message.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** @param algorithm TPM_ALG_RSASSA or TPM_ALG_RSAPSS */
    record Rsa(Algorithm algorithm, TpmHash hash, Bytes signature) implements TpmtSignature {

        @Override
        public boolean verifies(TpmtPublic key, Bytes message) {
            if (!(key.key() instanceof TpmKey.Rsa) || !hash.isStrong() || !key.scheme().allows(algorithm, hash)) {
                return false;
            }
            PublicKey publicKey = key.key().publicKey();
            return algorithm == Algorithm.TPM_ALG_RSASSA
                    ? check(hash.jcaNameWithoutDash() + "withRSA", Optional.empty(), publicKey, message, signature)
                    : saltLengths((RSAPublicKey) publicKey).stream().anyMatch(salt -> verifiesPss(publicKey, message, salt));
        }

        /** As long as the digest, which newer TPMs use, or as long as the key lets it be, which older ones do. */
        private List<Integer> saltLengths(RSAPublicKey key) {
            int mostOctets = (key.getModulus().bitLength() + 6) / 8 - hash.octets() - 2;
            return List.of(hash.octets(), mostOctets);
        }

        private boolean verifiesPss(PublicKey key, Bytes message, int saltOctets) {
            MGF1ParameterSpec mgf1 = new MGF1ParameterSpec(hash.jcaName());
            PSSParameterSpec parameters = new PSSParameterSpec(hash.jcaName(), "MGF1", mgf1, saltOctets, PSSParameterSpec.TRAILER_FIELD_BC);
            return check("RSASSA-PSS", Optional.of(parameters), key, message, signature);
        }
    }

    record Ecdsa(TpmHash hash, Bytes r, Bytes s) implements TpmtSignature {

        @Override
        public boolean verifies(TpmtPublic key, Bytes message) {
            if (!(key.key() instanceof TpmKey.Ecc ecc) || !hash.isStrong() || !key.scheme().allows(Algorithm.TPM_ALG_ECDSA, hash)) {
                return false;
            }
            int field = ecc.curve().fieldOctets();
            if (r.length() > field || s.length() > field) {
                return false;
            }
            Bytes both = Bytes.concat(ecc.curve().padded(r), ecc.curve().padded(s));
            return check(hash.jcaNameWithoutDash() + "withECDSAinP1363Format", Optional.empty(), ecc.publicKey(), message, both);
        }
    }
}

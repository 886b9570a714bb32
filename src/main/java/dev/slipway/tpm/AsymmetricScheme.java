package dev.slipway.tpm;

import dev.slipway.failure.Failure.Malformed;
import java.util.Arrays;
import java.util.Optional;

/**
 * TPMT_RSA_SCHEME and TPMT_ECC_SCHEME: what a key is bound to do, or nothing where it is {@code TPM_ALG_NULL}.
 *
 * <pre>scheme u16, hashAlg u16 (not for NULL and RSAES), count u16 (only for ECDAA)</pre>
 *
 * @see "TPM 2.0 Library, Part 2, TPMT_ASYM_SCHEME"
 */
public record AsymmetricScheme(Algorithm algorithm, Optional<TpmHash> hash) {

    /** Schemes by their TPM_ALG_ID. */
    public enum Algorithm {
        TPM_ALG_NULL(0x0010, true, true),
        TPM_ALG_RSASSA(0x0014, true, false),
        TPM_ALG_RSAES(0x0015, true, false),
        TPM_ALG_RSAPSS(0x0016, true, false),
        TPM_ALG_OAEP(0x0017, true, false),
        TPM_ALG_ECDSA(0x0018, false, true),
        TPM_ALG_ECDH(0x0019, false, true),
        TPM_ALG_ECDAA(0x001a, false, true);

        private final int id;
        private final boolean ofRsa;
        private final boolean ofEcc;

        Algorithm(int id, boolean ofRsa, boolean ofEcc) {
            this.id = id;
            this.ofRsa = ofRsa;
            this.ofEcc = ofEcc;
        }

        /** @throws Malformed if it is none of these */
        static Algorithm ofId(int id) {
            return Arrays.stream(values())
                    .filter(algorithm -> algorithm.id == id)
                    .findFirst()
                    .orElseThrow(() -> new Malformed("scheme 0x%04x is not supported".formatted(id)));
        }
    }

    static AsymmetricScheme read(TpmReader reader, boolean rsa) {
        Algorithm algorithm = Algorithm.ofId(reader.u16());
        if (!(rsa ? algorithm.ofRsa : algorithm.ofEcc)) {
            throw reader.malformed("has a scheme of another kind of key, " + algorithm);
        }
        if (algorithm == Algorithm.TPM_ALG_NULL || algorithm == Algorithm.TPM_ALG_RSAES) {
            return new AsymmetricScheme(algorithm, Optional.empty());
        }
        TpmHash hash = TpmHash.ofId(reader.u16());
        if (algorithm == Algorithm.TPM_ALG_ECDAA) {
            reader.u16();
        }
        return new AsymmetricScheme(algorithm, Optional.of(hash));
    }

    /** Whether a key bound to this may sign so. */
    boolean allows(Algorithm signature, TpmHash signatureHash) {
        return algorithm == Algorithm.TPM_ALG_NULL || equals(new AsymmetricScheme(signature, Optional.of(signatureHash)));
    }
}

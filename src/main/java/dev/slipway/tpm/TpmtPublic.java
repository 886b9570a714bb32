package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.Optional;
import java.util.Set;

/**
 * The public area of a key.
 *
 * <pre>
 * TPMT_PUBLIC = type u16, nameAlg u16, objectAttributes u32, authPolicy TPM2B, parameters, unique
 * RSA:  symmetric, scheme, keyBits u16, exponent u32      modulus TPM2B
 * ECC:  symmetric, scheme, curveID u16, kdf               x TPM2B, y TPM2B
 * TPM2B_PUBLIC = size u16, TPMT_PUBLIC
 * </pre>
 *
 * @param bytes the TPMT_PUBLIC as received: its Name is computed over these
 * @param authPolicy empty, or a digest of nameAlg
 * @see "TPM 2.0 Library, Part 2, TPMT_PUBLIC"
 */
public record TpmtPublic(
        Bytes bytes,
        TpmHash nameAlg,
        ObjectAttributes attributes,
        Bytes authPolicy,
        Optional<SymmetricCipher> symmetric,
        AsymmetricScheme scheme,
        TpmKey key) {

    /** A 4096-bit RSA key with the longest of everything else has less. */
    private static final int MAX_OCTETS = 1024;

    private static final int TPM_ALG_RSA = 0x0001;
    private static final int TPM_ALG_ECC = 0x0023;
    private static final int TPM_ALG_NULL = 0x0010;
    /** MGF1, KDF1_SP800_56A, KDF2, KDF1_SP800_108. */
    private static final Set<Integer> KDF_SCHEMES = Set.of(0x0007, 0x0020, 0x0021, 0x0022);

    /** @throws Malformed if it is not exactly one TPMT_PUBLIC of an RSA or ECC key */
    public static TpmtPublic decode(Bytes bytes) {
        if (bytes.length() > MAX_OCTETS) {
            throw new Malformed("TPMT_PUBLIC of " + bytes.length() + " octets");
        }
        TpmReader reader = TpmReader.of("TPMT_PUBLIC", bytes);
        int type = reader.u16();
        if (type != TPM_ALG_RSA && type != TPM_ALG_ECC) {
            throw reader.malformed("is of type 0x%04x, and neither an RSA nor an ECC key".formatted(type));
        }
        TpmHash nameAlg = TpmHash.ofId(reader.u16());
        ObjectAttributes attributes = ObjectAttributes.of(reader.u32());
        Bytes authPolicy = reader.sized(nameAlg.octets());
        if (!authPolicy.isEmpty() && authPolicy.length() != nameAlg.octets()) {
            throw reader.malformed("has an authPolicy of " + authPolicy.length() + " octets");
        }
        Optional<SymmetricCipher> symmetric = SymmetricCipher.read(reader);
        AsymmetricScheme scheme = AsymmetricScheme.read(reader, type == TPM_ALG_RSA);
        TpmKey key = type == TPM_ALG_RSA ? readRsa(reader) : readEcc(reader);
        reader.end();
        return new TpmtPublic(bytes, nameAlg, attributes, authPolicy, symmetric, scheme, key);
    }

    /** @throws Malformed if it is not exactly one TPM2B_PUBLIC of an RSA or ECC key */
    public static TpmtPublic decodeSized(Bytes bytes) {
        TpmReader reader = TpmReader.of("TPM2B_PUBLIC", bytes);
        Bytes publicArea = reader.sized(MAX_OCTETS);
        reader.end();
        return decode(publicArea);
    }

    private static TpmKey readRsa(TpmReader reader) {
        int keyBits = reader.u16();
        long exponent = reader.u32();
        return TpmKey.Rsa.read(reader, keyBits, exponent);
    }

    private static TpmKey readEcc(TpmReader reader) {
        TpmEccCurve curve = TpmEccCurve.ofId(reader.u16());
        int kdf = reader.u16();
        if (kdf != TPM_ALG_NULL) {
            if (!KDF_SCHEMES.contains(kdf)) {
                throw reader.malformed("has key derivation 0x%04x, which is not supported".formatted(kdf));
            }
            TpmHash.ofId(reader.u16());
        }
        return TpmKey.Ecc.read(reader, curve);
    }

    public Name name() {
        return Name.of(nameAlg, bytes);
    }
}

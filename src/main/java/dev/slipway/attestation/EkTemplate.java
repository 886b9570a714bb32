package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Marshal;
import dev.slipway.tpm.TpmEccCurve;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmtPublic;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * The public area of an EK of which only the certificate is there, by the template that vendors make such keys from. Where two templates go
 * with one kind of key this is the low-range one; a credential comes out the same for both.
 *
 * @see "TCG EK Credential Profile for TPM Family 2.0, Default EK Templates"
 */
public enum EkTemplate {
    L_1_AND_2(TpmHash.TPM_ALG_SHA256, 128, EndorsementKey.LOW_RANGE, EndorsementKey.POLICY_A_SHA256),
    H_3_AND_6(TpmHash.TPM_ALG_SHA384, 256, EndorsementKey.HIGH_RANGE, EndorsementKey.POLICY_B_SHA384),
    H_4(TpmHash.TPM_ALG_SHA512, 256, EndorsementKey.HIGH_RANGE, EndorsementKey.POLICY_B_SHA512);

    private static final int TPM_ALG_RSA = 0x0001;
    private static final int TPM_ALG_ECC = 0x0023;
    private static final int TPM_ALG_AES = 0x0006;
    private static final int TPM_ALG_CFB = 0x0043;
    private static final Bytes TPM_ALG_NULL = Marshal.u16(0x0010);
    private static final Bytes DEFAULT_EXPONENT = Marshal.u32(0);

    private final TpmHash nameAlg;
    private final int aesBits;
    private final long attributes;
    private final Bytes authPolicy;

    EkTemplate(TpmHash nameAlg, int aesBits, long attributes, Bytes authPolicy) {
        this.nameAlg = nameAlg;
        this.aesBits = aesBits;
        this.attributes = attributes;
        this.authPolicy = authPolicy;
    }

    /** Empty for a key that no template makes. */
    public static Optional<TpmtPublic> publicArea(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return switch (rsa.getModulus().bitLength()) {
                case 2048 -> Optional.of(L_1_AND_2.with(rsa));
                case 3072 -> Optional.of(H_3_AND_6.with(rsa));
                default -> Optional.empty();
            };
        }
        return key instanceof ECPublicKey ec ? TpmEccCurve.of(ec).map(curve -> of(curve).with(curve, ec)) : Optional.empty();
    }

    private static EkTemplate of(TpmEccCurve curve) {
        return switch (curve) {
            case TPM_ECC_NIST_P256 -> L_1_AND_2;
            case TPM_ECC_NIST_P384 -> H_3_AND_6;
            case TPM_ECC_NIST_P521 -> H_4;
        };
    }

    private TpmtPublic with(RSAPublicKey key) {
        Bytes modulus = unsigned(key.getModulus());
        return TpmtPublic.decode(Bytes.concat(
                common(TPM_ALG_RSA), Marshal.u16(8 * modulus.length()), DEFAULT_EXPONENT, Marshal.sized(modulus)));
    }

    private TpmtPublic with(TpmEccCurve curve, ECPublicKey key) {
        Bytes x = curve.padded(key.getW().getAffineX());
        Bytes y = curve.padded(key.getW().getAffineY());
        return TpmtPublic.decode(Bytes.concat(common(TPM_ALG_ECC), Marshal.u16(curve.id()), TPM_ALG_NULL, Marshal.sized(x), Marshal.sized(y)));
    }

    private Bytes common(int type) {
        return Bytes.concat(
                Marshal.u16(type), Marshal.u16(nameAlg.id()), Marshal.u32(attributes), Marshal.sized(authPolicy),
                Marshal.u16(TPM_ALG_AES), Marshal.u16(aesBits), Marshal.u16(TPM_ALG_CFB), TPM_ALG_NULL);
    }

    private static Bytes unsigned(BigInteger number) {
        byte[] octets = number.toByteArray();
        return Bytes.owning(octets).slice(octets[0] == 0 ? 1 : 0, octets.length);
    }
}

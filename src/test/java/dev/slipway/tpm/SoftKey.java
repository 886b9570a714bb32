package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;

/** A key that is in no TPM and claims what it is told to. Structures are put together in hex, by nothing of the code under test. */
public final class SoftKey {

    /** fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, restricted, sign. */
    public static final long AK = 0x00050072;

    /** The same, not restricted. */
    public static final long DEVICE_KEY = 0x00040072;

    public final KeyPair pair;
    private long attributes = AK;
    private String nameAlg = "000b";
    private String scheme;

    private SoftKey(KeyPair pair, String scheme) {
        this.pair = pair;
        this.scheme = scheme;
    }

    public static SoftKey ecc() {
        return ecc("secp256r1");
    }

    public static SoftKey ecc(String curve) {
        return new SoftKey(pair("EC", new ECGenParameterSpec(curve)), "0018000b");
    }

    public static SoftKey rsa() {
        return new SoftKey(pair("RSA", new java.security.spec.RSAKeyGenParameterSpec(2048, BigInteger.valueOf(65537))), "0014000b");
    }

    private static KeyPair pair(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public SoftKey withAttributes(long bits) {
        attributes = bits;
        return this;
    }

    public SoftKey withNameAlg(String id) {
        nameAlg = id;
        return this;
    }

    /** The scheme with its hash, in hex. */
    public SoftKey withScheme(String hex) {
        scheme = hex;
        return this;
    }

    /** TPMT_PUBLIC. */
    public Bytes bytes() {
        String common = "%s%s%08x00000010%s".formatted(pair.getPublic() instanceof RSAPublicKey ? "0001" : "0023", nameAlg, attributes, scheme);
        return Bytes.fromHex(common + switch (pair.getPublic()) {
            case RSAPublicKey rsa -> "0800" + "00000000" + "0100" + fixed(rsa.getModulus(), 256);
            case ECPublicKey ec -> curve(ec) + "0010" + coordinate(ec, ec.getW().getAffineX()) + coordinate(ec, ec.getW().getAffineY());
            default -> throw new AssertionError(pair.getPublic());
        });
    }

    private static String curve(ECPublicKey key) {
        return switch (key.getParams().getCurve().getField().getFieldSize()) {
            case 256 -> "0003";
            case 384 -> "0004";
            case 521 -> "0005";
            default -> throw new AssertionError(key.getParams());
        };
    }

    private static String coordinate(ECPublicKey key, BigInteger coordinate) {
        int octets = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        return "%04x".formatted(octets) + fixed(coordinate, octets);
    }

    public TpmtPublic publicArea() {
        return TpmtPublic.decode(bytes());
    }

    static String fixed(BigInteger number, int octets) {
        return ("%0" + 2 * octets + "x").formatted(number);
    }

    /** TPMT_SIGNATURE with SHA-256, by ECDSA or RSASSA. */
    public Bytes sign(Bytes message) {
        byte[] raw = raw(pair.getPublic() instanceof RSAPublicKey ? "SHA256withRSA" : "SHA256withECDSAinP1363Format", message);
        String hex = HexFormat.of().formatHex(raw);
        if (pair.getPublic() instanceof RSAPublicKey) {
            return Bytes.fromHex("0014000b0100" + hex);
        }
        String size = "%04x".formatted(raw.length / 2);
        return Bytes.fromHex("0018000b" + size + hex.substring(0, raw.length) + size + hex.substring(raw.length));
    }

    /** TPMT_SIGNATURE by RSAPSS with SHA-256. */
    public Bytes signPss(Bytes message, int saltOctets) {
        PSSParameterSpec parameters = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltOctets, 1);
        return Bytes.fromHex("0016000b0100" + HexFormat.of().formatHex(raw("RSASSA-PSS", message, parameters)));
    }

    public byte[] raw(String algorithm, Bytes message, AlgorithmParameterSpec... parameters) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            for (AlgorithmParameterSpec parameter : parameters) {
                signer.setParameter(parameter);
            }
            signer.initSign(pair.getPrivate());
            signer.update(message.toArray());
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

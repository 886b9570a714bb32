package dev.slipway.fdo.key;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;

/** Reads a private key from a file: PKCS#8, unencrypted (RFC 5958; RFC 7468, One Asymmetric Key). */
public final class PrivateKeyPem {

    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private PrivateKeyPem() {}

    /**
     * The key pair of the one block {@code PRIVATE KEY}; the public half is worked out.
     *
     * @throws Malformed if there is not exactly one, or it is of a kind that FDO does not use; the message holds nothing of the key
     */
    public static SigningKey decode(String pem) {
        List<PemObject> blocks =
                PublicKeyPem.blocks(pem).stream().filter(block -> block.getType().equals(PRIVATE_KEY)).toList();
        if (blocks.size() != 1) {
            throw new Malformed("one PEM block PRIVATE KEY (PKCS#8) is needed; to make one: openssl pkcs8 -topk8 -nocrypt -in KEY");
        }
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(blocks.get(0).getContent());
            boolean elliptic = info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
            PrivateKey key = KeyFactory.getInstance(elliptic ? "EC" : "RSA").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            java.security.PublicKey publicKey = elliptic ? publicKey(info) : publicKey((RSAPrivateCrtKey) key);
            if (KeyType.of(publicKey).isEmpty()) {
                throw new Malformed("the key is of a kind that FDO does not use; it is P-256, P-384 or RSA of 2048 to 4096 bits");
            }
            return new SigningKey(key, PublicKey.of(publicKey));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException | ClassCastException e) {
            throw new Malformed("the PEM block PRIVATE KEY is not an elliptic-curve or RSA key in PKCS#8");
        }
    }

    private static java.security.PublicKey publicKey(RSAPrivateCrtKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }

    /** Many files do not hold the public half, so it is always the product of generator and private number. */
    private static java.security.PublicKey publicKey(PrivateKeyInfo info) throws IOException {
        AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
        X9ECParameters curve = ECNamedCurveTable.getByOID(ASN1ObjectIdentifier.getInstance(algorithm.getParameters()));
        if (curve == null) {
            throw new Malformed("the key is on a curve that FDO does not use");
        }
        byte[] point = curve.getG().multiply(ECPrivateKey.getInstance(info.parsePrivateKey()).getKey()).normalize().getEncoded(false);
        byte[] der = new SubjectPublicKeyInfo(algorithm, point).getEncoded();
        return dev.slipway.fdo.type.SubjectPublicKeyInfo.decode(Bytes.owning(der));
    }
}

package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.CoseAlgorithm;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.SigInfo;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A device's attestation key, in software. */
public record DeviceKey(KeyType type, PrivateKey privateKey, PublicKey publicKey) {

    private static final X500Name SUBJECT = new X500Name("CN=virtual device");

    public static DeviceKey generate(KeyType type) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(type.curve().jcaName()));
            KeyPair pair = generator.generateKeyPair();
            return new DeviceKey(type, pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a device key", e);
        }
    }

    public SigInfo sigInfo() {
        return new SigInfo(CoseAlgorithm.of(privateKey).orElseThrow().id(), Bytes.EMPTY);
    }

    /** A certificate request (PKCS#10), DER. */
    Bytes certificateRequest() {
        String algorithm = type == KeyType.SECP256R1 ? "SHA256withECDSA" : "SHA384withECDSA";
        try {
            return certificateRequest(publicKey, new JcaContentSignerBuilder(algorithm).build(privateKey));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate request", e);
        }
    }

    /** The same for a key that is elsewhere. */
    public static Bytes certificateRequest(PublicKey key, ContentSigner signer) {
        try {
            return Bytes.owning(new JcaPKCS10CertificationRequestBuilder(SUBJECT, key).build(signer).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("cannot make a certificate request", e);
        }
    }

    @Override
    public String toString() {
        return "DeviceKey[" + type + "]";
    }
}

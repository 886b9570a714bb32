package dev.slipway.fdo.key;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.type.SubjectPublicKeyInfo;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** Public keys as files (RFC 7468, Textual Encoding of Subject Public Key Info; of Certificates). */
public final class PublicKeyPem {

    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private PublicKeyPem() {}

    public static String encode(PublicKey key) {
        return encode(PUBLIC_KEY, key.spki());
    }

    public static String encode(X509Certificate certificate) {
        try {
            return encode(CERTIFICATE, Bytes.owning(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }

    private static String encode(String label, Bytes der) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, der.toArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The keys of a file, from blocks {@code PUBLIC KEY} and {@code CERTIFICATE}; other blocks are passed over.
     *
     * @throws Malformed if there is none, or one is of a kind that FDO does not use
     */
    public static List<PublicKey> decode(String pem) {
        List<PublicKey> keys = new ArrayList<>();
        for (PemObject block : blocks(pem)) {
            switch (block.getType()) {
                case PUBLIC_KEY -> keys.add(publicKey(SubjectPublicKeyInfo.decode(Bytes.owning(block.getContent()))));
                case CERTIFICATE -> keys.add(publicKey(certificate(block).getPublicKey()));
                default -> {}
            }
        }
        if (keys.isEmpty()) {
            throw new Malformed("no PEM block PUBLIC KEY or CERTIFICATE");
        }
        return keys;
    }

    /** @throws Malformed if there is none, or one is not well formed */
    public static List<X509Certificate> decodeCertificates(String pem) {
        List<X509Certificate> certificates =
                blocks(pem).stream().filter(block -> block.getType().equals(CERTIFICATE)).map(PublicKeyPem::certificate).toList();
        if (certificates.isEmpty()) {
            throw new Malformed("no PEM block CERTIFICATE");
        }
        return certificates;
    }

    private static X509Certificate certificate(PemObject block) {
        return CertificateChain.of(List.of(Bytes.owning(block.getContent()))).certificates().get(0);
    }

    private static PublicKey publicKey(java.security.PublicKey key) {
        if (KeyType.of(key).isEmpty()) {
            throw new Malformed("a " + key.getAlgorithm() + " key of a kind that FDO does not use; it is P-256, P-384 or RSA of 2048 to 4096 bits");
        }
        return PublicKey.of(key);
    }

    static List<PemObject> blocks(String pem) {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
            return blocks;
        } catch (IOException | RuntimeException e) {
            throw new Malformed("not in PEM");
        }
    }
}

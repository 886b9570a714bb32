package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.CoseSign1;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.junit.jupiter.api.Test;

/** Which files of other implementations are judged by, and which are left for later, by name: a new one has to be put in one of the lists. */
class VectorCatalogueTest {

    private static final Map<String, List<String>> IN_USE = Map.of(
            "go-fdo", List.of("dc.bin", "mfg_key.pem", "ov.pem", "ov_resale_readme.pem"),
            "fdo-rs",
                    List.of(
                            "error-message.hex", "testdevice1.ov.cbor", "v100-voucher1.pem", "v100-voucher2.pem", "v101-voucher1.pem", "v101-voucher2.pem",
                            "v101-voucher3.pem"),
            "pri-fidoiot",
                    List.of(
                            "ca-and-device-ec256.pem", "publickey-cosekey-nokty.hex", "publickey-x509-p256.hex", "rvinfo-unwrapped-values.hex",
                            "sample-owner-ec256.pem"),
            "derived", List.of("ecdh.json", "encrypt0.json", "kdf.json", "ov-two-entries.pem", "voucher-extension.json"));

    /** RSA keys, and the extension of a voucher by somebody else's private keys. */
    private static final Map<String, List<String>> LATER = Map.of(
            "go-fdo", List.of("ov_extended.pem"),
            "conformance-tools", List.of("TROOT.crt", "intermediate_certificate.crt"),
            "derived", List.of("owner1-p384.pem", "owner2-p384.pem"));

    @Test
    void listsEveryFile() throws IOException {
        for (String folder : List.of("go-fdo", "fdo-rs", "pri-fidoiot", "derived", "conformance-tools")) {
            List<String> listed = new ArrayList<>(IN_USE.getOrDefault(folder, List.of()));
            listed.addAll(LATER.getOrDefault(folder, List.of()));
            try (Stream<Path> files = Files.list(Vectors.file(folder))) {
                assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                        .as(folder)
                        .containsExactlyInAnyOrderElementsOf(listed);
            }
        }
    }

    private static List<X509Certificate> certificates(String file) throws Exception {
        byte[] pem = Vectors.text(file).replaceAll("(?s)-----BEGIN EC PRIVATE KEY-----.*?-----END EC PRIVATE KEY-----", "").strip().getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    @Test
    void signsWithAKeyThatAnotherImplementationMade() throws Exception {
        X509Certificate certificate = certificates("pri-fidoiot/sample-owner-ec256.pem").get(0);
        String pem = Vectors.text("pri-fidoiot/sample-owner-ec256.pem");
        try (PEMParser parser = new PEMParser(new StringReader(pem.substring(pem.indexOf("-----BEGIN EC PRIVATE KEY-----"))))) {
            KeyPair pair = new JcaPEMKeyConverter().getKeyPair((PEMKeyPair) parser.readObject());
            Bytes payload = Bytes.fromHex("8101");
            assertThat(CoseSign1.sign(pair.getPrivate(), payload).verify(certificate.getPublicKey())).isEqualTo(payload);
        }
    }

    @Test
    void readsACertificateThatAnotherImplementationIssued() throws Exception {
        List<X509Certificate> rootFirst = certificates("pri-fidoiot/ca-and-device-ec256.pem");
        assertThat(rootFirst).hasSize(2);
        rootFirst.get(1).verify(rootFirst.get(0).getPublicKey());
    }
}

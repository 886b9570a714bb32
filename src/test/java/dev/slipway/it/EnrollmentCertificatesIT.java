package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.PublicKeyPem;
import dev.slipway.keystore.FileDeviceCa;
import dev.slipway.keystore.KeyFolder;
import dev.slipway.tpm.TpmtPublic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that were proven to be in a TPM get certificates that say so, which programs of other people verify. */
class EnrollmentCertificatesIT {

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static AttestClient line;
    private static Tools operator;
    private static int devices;

    @BeforeAll
    static void start() throws IOException {
        service = RunningService.start(folder.resolve("data"));
        line = AttestClient.of(service);
        operator = new Tools(service, folder);
        KeyFolder keys = KeyFolder.open(service.data().resolve("keys"), Optional.empty(), VoucherFixture::random, Clock.systemUTC());
        Files.writeString(
                folder.resolve("ca.pem"), FileDeviceCa.of(keys).certificates().stream().map(PublicKeyPem::encode).collect(Collectors.joining()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static TpmDevice device() {
        TpmDevice device = TpmDevice.start(folder.resolve("d" + devices++), "ecc");
        operator.done("trust", "add", "tpm-ca", device.vendorFile().toString());
        return device;
    }

    private static String openssl(Path where, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Commands.Result result = Commands.run(where, Map.of(), 20, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    /** What openssl says of a certificate that our CA stands above. */
    private static String verified(Path certs, String name) {
        openssl(certs, "x509", "-inform", "DER", "-in", name + ".crt", "-out", name + ".pem");
        assertThat(openssl(certs, "verify", "-CAfile", folder.resolve("ca.pem").toString(), name + ".pem")).isEqualTo(name + ".pem: OK\n");
        return openssl(certs, "x509", "-in", name + ".pem", "-noout", "-text");
    }

    private static String publicKeyInTpm(TpmDevice device, String key) throws IOException {
        device.tpm().run("readpublic", "-c", key, "-f", "pem", "-o", "key.pem");
        return Files.readString(device.tpm().folder().resolve("key.pem"));
    }

    @ParameterizedTest
    @CsvSource({"--key, ec256, DASH", "--key, ec384, BUSYBOX", "--idevid, ec384, DASH", "--idevid, ec256, BUSYBOX"})
    void keepsWhatTheLineAskedFor(String option, String curve, DeviceShell shell) throws IOException {
        try (TpmDevice device = device()) {
            Path certs = device.tpm().folder().resolve("certs");
            Commands.Result enrolled = shell.run("factory/enroll.sh", device.tpm().folder(), device.tpm().environment(), List.of(
                    "--url", service.url().toString(), "--ek-cert", "ek.cert", option, curve, "--certs", "certs", "--name", "gw 0001, line 2"));
            assertThat(enrolled.exitCode()).as(enrolled.output()).isZero();
            assertThat(enrolled.output()).matches("enrolled {2}EK_CERTIFIED, device key 000[bc][0-9a-f]+\n");
            try (Stream<Path> kept = Files.list(certs)) {
                assertThat(kept.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("device.crt", "ak.crt");
            }
            assertThat(verified(certs, "device"))
                    .contains("Issuer: CN = Slipway device CA " + curve)
                    .contains("Subject: CN = \"gw 0001, line 2\"")
                    .contains("Policy: 2.23.133.11.1.1", "Policy: 2.23.133.11.1.2")
                    .doesNotContain("2.23.133.11.1.3", "2.23.133.8.3");
            assertThat(verified(certs, "ak"))
                    .contains("Policy: 2.23.133.11.1.1", "Policy: 2.23.133.11.1.2", "Policy: 2.23.133.11.1.3")
                    .containsPattern("Extended Key Usage: *\n *2\\.23\\.133\\.8\\.3\n")
                    .contains("Subject: CN = AK ");
            assertThat(openssl(certs, "x509", "-in", "ak.pem", "-noout", "-pubkey")).isEqualTo(publicKeyInTpm(device, "0x81010100"));
            if (option.equals("--key") && curve.equals("ec256")) {
                assertThat(openssl(certs, "x509", "-in", "device.pem", "-noout", "-pubkey")).isEqualTo(publicKeyInTpm(device, "dev.ctx"));
            }
        }
    }

    @Test
    void saysWhatIsMissingForCertificates() throws IOException {
        try (TpmDevice device = device()) {
            Files.writeString(device.tpm().folder().resolve("file"), "");
            String url = service.url().toString();
            Commands.Result nameless = DeviceShell.DASH.run(
                    "factory/enroll.sh", device.tpm().folder(), device.tpm().environment(), List.of("--url", url, "--certs", "certs"));
            assertThat(nameless.exitCode()).isEqualTo(2);
            assertThat(nameless.output()).contains("whose certificate? name the device with --name");
            Commands.Result nowhere = DeviceShell.DASH.run(
                    "factory/enroll.sh", device.tpm().folder(), device.tpm().environment(), List.of("--url", url, "--certs", "file", "--name", "x"));
            assertThat(nowhere.exitCode()).isEqualTo(2);
            assertThat(nowhere.output()).contains("certificates cannot be kept in file; is it a folder");
        }
    }

    /** PKCS#10 for a device key, signed in its TPM. */
    private static Bytes csr(TpmDevice device, TpmtPublic asked) {
        try {
            return Bytes.owning(new JcaPKCS10CertificationRequestBuilder(new X500Name("O=Plant,CN=gw-0002"), asked.key().publicKey())
                    .build(new ContentSigner() {
                        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

                        @Override
                        public AlgorithmIdentifier getAlgorithmIdentifier() {
                            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
                        }

                        @Override
                        public OutputStream getOutputStream() {
                            return content;
                        }

                        @Override
                        public byte[] getSignature() {
                            device.tpm().write("tbs", Bytes.owning(content.toByteArray()));
                            device.tpm().run("sign", "-c", "dev.ctx", "-g", "sha256", "-f", "plain", "-o", "tbs.sig", "tbs");
                            return device.tpm().read("tbs.sig").toArray();
                        }
                    })
                    .getEncoded());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes csr(TpmDevice device) {
        return csr(device, TpmtPublic.decodeSized(device.tpm().read("dev.pub")));
    }

    private static X509Certificate certificate(Bytes der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void certifiesInJsonWhatIsAskedForOnceItIsProven() {
        try (TpmDevice device = device()) {
            Map<String, Bytes> asked = device.request();
            asked.put("csr", csr(device));
            JsonNode challenge = line.post("enrollments", asked, Map.of()).isStatus(201);
            assertThat(challenge.fieldNames()).toIterable()
                    .containsExactlyInAnyOrder("enrollment_id", "nonce", "ak_credential", "device_credential", "expires_in");
            line.prove(challenge.path("enrollment_id").asText(), device.certified(VoucherFixture.random(32))).isRefusal(422, "ACTIVATION");
            JsonNode again = line.post("enrollments", asked, Map.of()).isStatus(201);
            JsonNode enrolled = line.prove(again.path("enrollment_id").asText(), device.proof(again)).isStatus(200);
            X509Certificate certificate = certificate(TpmDevice.octets(enrolled, "device_cert"));
            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=gw-0002,O=Plant");
            assertThat(enrolled.has("ak_cert")).as("nobody asked for it").isFalse();
            String serial = certificate.getSerialNumber().toString(16);
            String completed = "select count(*) from audit_event where event = 'enrollment.completed' and facts like '%" + serial + "%'";
            assertThat(Database.count(service.data(), completed)).isEqualTo(1);

            JsonNode plain = line.begin(device, "").isStatus(201);
            JsonNode uncertified = line.prove(plain.path("enrollment_id").asText(), device.proof(plain)).isStatus(200);
            assertThat(uncertified.has("device_cert")).as("nobody asked for it").isFalse();
        }
    }

    @Test
    void certifiesInCbor() {
        try (TpmDevice device = device()) {
            Map<String, Bytes> asked = device.request();
            CborWriter request = new CborWriter().map(asked.size() + 1);
            asked.forEach((name, value) -> request.text(name).byteString(value));
            request.text("want").text("ak_cert");
            AttestClient.Reply begun = line.post("enrollments", "application/cbor", request.toBytes().toArray());
            assertThat(begun.status()).isEqualTo(201);
            CborItem challenge = CborItem.decode(Bytes.owning(begun.body()));
            Map<String, Bytes> found = device.proof(
                    value(challenge, "nonce").byteString(), value(challenge, "ak_credential").byteString(),
                    value(challenge, "device_credential").byteString());
            CborWriter proof = new CborWriter().map(found.size());
            found.forEach((name, value) -> proof.text(name).byteString(value));
            String id = value(challenge, "enrollment_id").text(32);
            AttestClient.Reply proven = line.post("enrollments/" + id + "/proof", "application/cbor", proof.toBytes().toArray());
            assertThat(proven.status()).isEqualTo(200);
            CborItem enrolled = CborItem.decode(Bytes.owning(proven.body()));
            TpmtPublic ak = TpmtPublic.decodeSized(device.tpm().read("ak.pub"));
            assertThat(certificate(value(enrolled, "ak_cert").byteString()).getPublicKey()).isEqualTo(ak.key().publicKey());
            assertThat(enrolled.map()).noneMatch(entry -> entry.getKey().text(64).equals("device_cert"));
        }
    }

    private static CborItem value(CborItem map, String name) {
        return map.map().stream().filter(entry -> entry.getKey().text(64).equals(name)).findFirst().orElseThrow().getValue();
    }

    @Test
    void refusesRequestsForAnotherKey() {
        try (TpmDevice device = device(); TpmDevice other = device()) {
            Map<String, Bytes> asked = device.request();
            asked.put("csr", csr(other));
            line.post("enrollments", asked, Map.of()).isRefusal(422, "CSR");
            asked.put("csr", csr(device, TpmtPublic.decodeSized(other.tpm().read("dev.pub"))));
            line.post("enrollments", asked, Map.of()).isRefusal(422, "CSR");
            asked.put("csr", Bytes.owning(new byte[5000]));
            line.post("enrollments", asked, Map.of()).isRefusal(400, "PARSE");
            asked.remove("csr");
            line.post("enrollments", asked, Map.of("want", "device_cert")).isRefusal(400, "PARSE");
        }
    }

    @Test
    void certifiesNothingWhereNoDevicesAreMade() {
        try (RunningService owner = RunningService.start(folder.resolve("owner"), "-Dslipway.roles=owner"); TpmDevice device = device()) {
            new Tools(owner, folder).done("trust", "add", "tpm-ca", device.vendorFile().toString());
            AttestClient his = AttestClient.of(owner);
            his.post("enrollments", device.request(), Map.of("want", "ak_cert")).isRefusal(422, "NOT_CERTIFYING");
            Map<String, Bytes> asked = device.request();
            asked.put("csr", csr(device));
            his.post("enrollments", asked, Map.of()).isRefusal(422, "NOT_CERTIFYING");
            his.enroll(device, "");
        }
    }
}

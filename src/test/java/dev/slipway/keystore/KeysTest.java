package dev.slipway.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.key.TcgPolicy;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysTest {

    @TempDir
    private Path folder;

    private KeyFolder open() {
        return KeyFolder.open(folder.resolve("keys"), Optional.empty(), VoucherFixture::random, Clock.systemUTC());
    }

    @ParameterizedTest
    @EnumSource(names = {"SECP256R1", "SECP384R1"})
    void makesKeysOnceAndFindsThemAgain(KeyType type) {
        SigningKey made = FileKeys.of(open(), "owner").of(type);
        SigningKey found = FileKeys.of(open(), "owner").of(type);
        assertThat(found.publicKey().encoded()).isEqualTo(made.publicKey().encoded());
        assertThat(found.type()).isEqualTo(type);
        Bytes payload = Bytes.fromHex("80");
        assertThat(CoseSign1.sign(found.privateKey(), payload).verify(made.publicKey().key())).isEqualTo(payload);
        assertThat(FileKeys.of(open(), "owner").find(made.publicKey())).isPresent();
        PublicKey foreign = PublicKey.of(VoucherFixture.key("secp256r1").getPublic());
        assertThat(FileKeys.of(open(), "owner").find(foreign)).isEmpty();
        assertThat(made.toString()).isEqualTo("SigningKey[" + type + "]");
    }

    @Test
    void keepsEverythingForItsOwnerOnly() throws IOException {
        FileKeys.of(open(), "owner");
        FileDeviceCa.of(open());
        ServerCertificate.ensure(open(), "example.test");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys")))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
            assertThat(files.map(KeysTest::permissions)).hasSize(5).containsOnly("rw-------");
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SECP256R1", "SECP384R1"})
    void issuesDeviceCertificates(KeyType type) throws Exception {
        var deviceKey = VoucherFixture.key(type.curve().jcaName()).getPublic();
        CertificateChain chain = FileDeviceCa.of(open()).issue(deviceKey, "SN-1", Set.of());
        X509Certificate device = chain.certificates().get(0);
        X509Certificate authority = chain.certificates().get(1);
        device.verify(authority.getPublicKey());
        authority.verify(authority.getPublicKey());
        assertThat(device.getPublicKey()).isEqualTo(deviceKey);
        assertThat(chain.leafIssuer()).isEqualTo(authority.getSubjectX500Principal());
        assertThat(device.getSubjectX500Principal().getName()).isEqualTo("CN=SN-1");
        assertThat(device.getKeyUsage()).startsWith(true, false);
        assertThat(device.getBasicConstraints()).isEqualTo(-1);
        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(device.getNotAfter().toInstant()).isAfter(Instant.now().plus(Duration.ofDays(30 * 365)));
        assertThat(device.getSerialNumber().bitLength()).isGreaterThan(64);
        assertThat(authority.getPublicKey()).isNotEqualTo(FileKeys.of(open(), "manufacturer").of(type).publicKey().key());
    }

    /** 2.23.133.11.1.1 and .2, as TCG has them; whoever does not know them may pass over them. */
    @Test
    void statesThatAKeyIsInATpm() throws IOException {
        var deviceKey = VoucherFixture.key("secp256r1").getPublic();
        X509Certificate stated = FileDeviceCa.of(open()).issue(deviceKey, "SN-1", TcgPolicy.OF_A_DEVICE_KEY).certificates().get(0);
        assertThat(HexFormat.of().formatHex(stated.getExtensionValue("2.5.29.32"))).isEqualTo("04163014" + "300806066781050b0101" + "300806066781050b0102");
        assertThat(stated.getCriticalExtensionOIDs()).doesNotContain("2.5.29.32");
        assertThat(TcgPolicy.of(stated)).containsExactlyInAnyOrder(TcgPolicy.VERIFIED_TPM_RESIDENCY, TcgPolicy.VERIFIED_TPM_FIXED);
        X509Certificate other = FileDeviceCa.of(open()).issue(deviceKey, "SN-1", Set.of()).certificates().get(0);
        assertThat(other.getExtensionValue("2.5.29.32")).isNull();
        assertThat(TcgPolicy.of(other)).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithADamagedFileAndOverwritesNothing() throws IOException {
        FileKeys.of(open(), "owner");
        Path file = folder.resolve("keys/owner.p12");
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        assertThatThrownBy(() -> FileKeys.of(open(), "owner")).isInstanceOf(KeyFileException.class).hasMessageContaining("owner.p12");
        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }

    @Test
    void saysWhatIsWrongWithAWrongPassphrase() throws IOException {
        FileKeys.of(open(), "owner");
        Path other = Files.writeString(folder.resolve("passphrase"), "another one\n");
        KeyFolder wrong = KeyFolder.open(folder.resolve("keys"), Optional.of(other), VoucherFixture::random, Clock.systemUTC());
        assertThatThrownBy(() -> FileKeys.of(wrong, "owner")).isInstanceOf(KeyFileException.class).hasMessageContaining("passphrase");
    }

    /** The disk is full, or as here, the folder is gone. */
    @Test
    void saysThatAFileCannotBeWritten() throws IOException {
        KeyFolder keys = open();
        OwnerKeyFiles owner = OwnerKeyFiles.of(keys);
        Files.move(folder.resolve("keys"), folder.resolve("moved"));
        KeyPair pair = VoucherFixture.key("secp256r1");
        SigningKey key = new SigningKey(pair.getPrivate(), PublicKey.of(pair.getPublic()));
        assertThatThrownBy(() -> owner.add(key)).isInstanceOf(KeyFileException.class).hasMessageContaining("owner-imported.p12 cannot be written");
        assertThat(owner.find(key.publicKey())).isEmpty();
        assertThatThrownBy(() -> FileKeys.of(keys, "manufacturer"))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("manufacturer.p12 cannot be written");
    }

    @Test
    void namesThisMachineAndThePublicHostInTheServersCertificate() throws Exception {
        ServerCertificate.ensure(open(), "onboarding.example");
        try (var in = Files.newInputStream(folder.resolve("keys/tls.pem"))) {
            X509Certificate certificate =
                    (X509Certificate) java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> name.get(1).toString()))
                    .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "onboarding.example");
        }
    }
}

package dev.slipway.fdo.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.RecordedSession;
import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.HashType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vouchers of other implementations: each accepted, or refused for the reason that its README gives. */
class VoucherVectorsTest {

    private static OwnershipVoucher read(String file) {
        List<OwnershipVoucher> vouchers = VoucherPem.decode(Vectors.bytes(file));
        assertThat(vouchers).hasSize(1);
        return vouchers.get(0);
    }

    /** Device certificates have dates of their own; the moment is one at which these were valid. */
    private static Instant valid(OwnershipVoucher voucher) {
        CertificateChain chain = voucher.deviceChain().orElseThrow();
        return chain.certificates().stream().map(c -> c.getNotBefore().toInstant()).max(Instant::compareTo).orElseThrow().plusSeconds(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "go-fdo/ov.pem, 66b2146f-fec5-3ca6-ad01-7625990572ce, go.fdo.example, 0",
        "go-fdo/ov_resale_readme.pem, d7c3574c-dd94-0d32-8c09-8ec5fdc90ab5, gotest, 1",
        "fdo-rs/v101-voucher2.pem, ac00da61-07e8-405e-acc4-94aef3f68966, DemoDevice, 2",
        "fdo-rs/v101-voucher3.pem, 89cb17fd-95e7-4de8-a36a-686926a7f88f, DemoDevice, 1",
        "derived/ov-two-entries.pem, 66b2146f-fec5-3ca6-ad01-7625990572ce, go.fdo.example, 2",
        // Six owners with RSA-2048 keys, RS256, and an intermediate certificate signed with SHA-1.
        "go-fdo/ov_extended.pem, f1d0fd00-66bd-4ef3-92bc-1b7c393fbe18, I am a virtual FIDO Alliance device!, 6"
    })
    void acceptsVouchersOfOthers(String file, String guid, String deviceInfo, int entries) {
        OwnershipVoucher voucher = read(file);
        VerifiedVoucher verified = new VoucherVerifier(true).verify(voucher, valid(voucher));
        assertThat(verified.guid()).hasToString(guid);
        assertThat(voucher.header().value().deviceInfo()).isEqualTo(deviceInfo);
        assertThat(voucher.entries()).hasSize(entries);
        assertThat(voucher.header().value().encode()).isEqualTo(voucher.header().bytes());
    }

    @Test
    void readsTheSameVoucherFromPemAndCbor() {
        assertThat(read("fdo-rs/testdevice1.ov.cbor").encoded()).isEqualTo(read("fdo-rs/v101-voucher1.pem").encoded());
        assertThat(read("go-fdo/ov.pem").encoded().length()).isEqualTo(2378);
        assertThat(HashType.SHA256.hash(read("go-fdo/ov.pem").encoded()).value().toHex()).startsWith("9a85eb60").endsWith("fe02");
    }

    /** Its maker hashed the encoded array instead of the certificates. */
    @Test
    void refusesChainHashOfAnOldFdoRs() {
        OwnershipVoucher voucher = read("fdo-rs/v101-voucher1.pem");
        assertThatThrownBy(() -> new VoucherVerifier(true).verify(voucher, valid(voucher)))
                .isInstanceOfSatisfying(Failure.VoucherRejected.class, e -> assertThat(e.check()).isEqualTo("voucher.chain-hash"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fdo-rs/v100-voucher1.pem", "fdo-rs/v100-voucher2.pem"})
    void refusesVouchersOfVersion100(String file) {
        assertThatThrownBy(() -> VoucherPem.decode(Vectors.bytes(file))).isInstanceOf(Failure.Malformed.class);
    }

    /** Its maker does not check what the standard wants: one type of key throughout. All else about it is right. */
    @ParameterizedTest
    @ValueSource(strings = {
        "captures/pri-ecdsa256-rsa2048owner-asymkex/voucher.pem",
        "captures/pri-ecdsa256-rsa2048owner-dh14/voucher.pem"
    })
    void refusesVouchersThatMixEllipticAndRsaKeys(String file) {
        OwnershipVoucher voucher = read(file);
        VoucherReport report = new VoucherVerifier(true).examine(voucher, valid(voucher));
        assertThat(report.checks()).filteredOn(VoucherCheck::isFailed).singleElement().satisfies(check -> {
            assertThat(check.name()).isEqualTo("voucher.key-type");
            assertThat(check.expected()).isEqualTo("one kind of key throughout, SECP256R1");
            assertThat(check.found()).isEqualTo("entry 0 is for a RSA2048RESTR key");
        });
    }

    @Test
    void verifiesTheHeaderHmacWithTheDevicesSecret() {
        OwnershipVoucher voucher = read("go-fdo/ov.pem");
        CborItem secrets = CborItem.decode(Vectors.bytes("go-fdo/dc.bin")).array(7).get(6).map().get(0).getValue();
        byte[] secret = new byte[32];
        List<CborItem> octets = secrets.map().get(0).getValue().array(32);
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) octets.get(i).integer();
        }
        assertThat(voucher.hmac().value().type().mac(SecretBytes.owning(secret), voucher.header().bytes())).isEqualTo(voucher.hmac().value());
    }

    @Test
    void matchesEveryIntermediateValueOfAnExtension() {
        OwnershipVoucher voucher = read("derived/ov-two-entries.pem");
        JsonNode expected = RecordedSession.json("derived", "voucher-extension.json");
        OvEntry first = voucher.entries().get(0);
        assertThat(voucher.header().value().headerInfo().toHex()).isEqualTo(expected.get("entry0").get("hdr_info_input").asText());
        assertThat(first.payload().previousHash().value().toHex()).isEqualTo(expected.get("entry0").get("prev_hash").asText());
        assertThat(first.payload().headerInfoHash().value().toHex()).isEqualTo(expected.get("entry0").get("hdr_info_hash").asText());
        for (int i = 0; i < 2; i++) {
            OvEntry entry = voucher.entries().get(i);
            assertThat(entry.payload().encode().toHex()).isEqualTo(expected.get("entry" + i).get("payload").asText());
        }
    }

    @Test
    void passesOverPrivateKeysAndTextAroundVouchers() {
        String voucher = Vectors.text("fdo-rs/v101-voucher2.pem");
        String key = Vectors.text("go-fdo/mfg_key.pem");
        byte[] file = ("a note\r\n" + key + voucher + "\nmore\n" + voucher + key).getBytes(StandardCharsets.US_ASCII);
        assertThat(VoucherPem.decode(Bytes.owning(file))).hasSize(2);
    }

    @Test
    void writesPemThatItReads() {
        OwnershipVoucher voucher = read("fdo-rs/v101-voucher2.pem");
        String pem = VoucherPem.encode(voucher);
        assertThat(pem.lines().allMatch(line -> line.length() <= 64)).isTrue();
        assertThat(pem).doesNotContain("\r").startsWith("-----BEGIN OWNERSHIP VOUCHER-----\n").endsWith("-----END OWNERSHIP VOUCHER-----\n");
        assertThat(VoucherPem.decode(Bytes.owning(pem.getBytes(StandardCharsets.US_ASCII))).get(0).encoded())
                .isEqualTo(voucher.encoded());
    }
}

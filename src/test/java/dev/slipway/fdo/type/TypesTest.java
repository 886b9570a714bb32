package dev.slipway.fdo.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.EcCurve;
import dev.slipway.der.Der;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {

    private static CborItem item(String hex) {
        return CborItem.decode(Bytes.fromHex(hex.replace(" ", "")));
    }

    /** What is stored is read as DER, and has to be. */
    @Test
    void refusesACertificateWithALengthThatOnlyBerHas() {
        Bytes leaf = VoucherFixture.aVoucher().decoded().deviceChain().orElseThrow().der().get(0);
        List<Der> parts = Der.first(leaf).children();
        Bytes inside = Bytes.concat(indefinite(parts.get(0)), parts.get(1).whole(), parts.get(2).whole());
        for (Bytes certificate : List.of(indefinite(Der.first(leaf)), Der.of(Der.SEQUENCE, inside).whole())) {
            assertThatThrownBy(() -> CertificateChain.of(List.of(certificate))).isInstanceOf(Failure.Malformed.class);
        }
    }

    private static Bytes indefinite(Der element) {
        return Bytes.concat(Bytes.of((byte) element.tag(), (byte) 0x80), element.content(), Bytes.fromHex("0000"));
    }

    @Test
    void readsPublicKeysInEveryEncoding() {
        VoucherFixture fixture = VoucherFixture.aVoucher();
        ECPublicKey key = (ECPublicKey) fixture.device.getPublic();
        CertificateChain chain = fixture.decoded().deviceChain().orElseThrow();
        Bytes x5chain = chain.encode();
        Bytes coseKey = new CborWriter()
                .map(3)
                .integer(-1).integer(1)
                .integer(-2).byteString(EcCurve.P_256.fixedWidth(key.getW().getAffineX()))
                .integer(-3).byteString(EcCurve.P_256.fixedWidth(key.getW().getAffineY()))
                .toBytes();
        List<Bytes> encodings = List.of(
                PublicKey.of(key).encoded(),
                new CborWriter().array(3).integer(10).integer(2).raw(x5chain).toBytes(),
                new CborWriter().array(3).integer(10).integer(2).byteString(x5chain).toBytes(),
                new CborWriter().array(3).integer(10).integer(2).byteString(chain.der().get(0)).toBytes(),
                new CborWriter().array(3).integer(10).integer(3).raw(coseKey).toBytes());
        for (Bytes encoding : encodings) {
            PublicKey read = PublicKey.decode(CborItem.decode(encoding));
            assertThat(read.sameKeyAs(PublicKey.of(key))).as(encoding.toHex()).isTrue();
            assertThat(read.encoded()).isEqualTo(encoding);
        }
    }

    @Test
    void readsAndRefusesPublicKeysOfAnotherImplementation() {
        PublicKey key = PublicKey.decode(item(Vectors.text("pri-fidoiot/publickey-x509-p256.hex").strip()));
        assertThat(key.type()).isEqualTo(KeyType.SECP256R1);
        assertThat(PublicKey.of(key.key()).encoded()).isEqualTo(key.encoded());
        CborItem offCurve = item(Vectors.text("pri-fidoiot/publickey-cosekey-nokty.hex").strip());
        assertThatThrownBy(() -> PublicKey.decode(offCurve)).isInstanceOf(Failure.Invalid.class);
    }

    @Test
    void refusesKeysOfAnotherTypeThanTheySay() {
        Bytes p384 = PublicKey.of(VoucherFixture.key("secp384r1").getPublic()).encoded();
        Bytes lying = Bytes.concat(Bytes.fromHex("830a"), p384.slice(2, p384.length()));
        assertThatThrownBy(() -> PublicKey.decode(CborItem.decode(lying))).isInstanceOf(Failure.class);
    }

    @Test
    void refusesRendezvousValuesOfFdo10() {
        CborItem unwrapped = item(Vectors.text("pri-fidoiot/rvinfo-unwrapped-values.hex").strip());
        assertThatThrownBy(() -> RendezvousInfo.decode(unwrapped)).isInstanceOf(Failure.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8181810e", "818182 0e41f6", "818182 0e41f5", "8182 82 0543626162 8102"})
    void readsFlagsWithAndWithoutValue(String hex) {
        assertThat(RendezvousInfo.decode(item(hex)).encoded().toHex()).isEqualTo(hex.replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "8180", "8181 80", "8181 8110", "8181 82 0543 6261", "8181 83 050505"})
    void refusesBadRendezvousInfo(String hex) {
        assertThatThrownBy(() -> RendezvousInfo.decode(item(hex))).isInstanceOf(Failure.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "8184 44 7f000001 f6 1950 00 03, true", "8184 f6 6161 00 05, true", "8184 50 00000000000000000000000000000001 f6 19ffff 01, true",
        "8184 f6 f6 00 03, false", "8184 43 7f0000 f6 00 03, false", "8184 45 7f00000100 f6 00 03, false", "8184 f6 6161 1a00010000 03, false",
        "8184 f6 6161 00 00, false", "8184 f6 6161 00 07, false", "80, false"
    })
    void readsAddresses(String hex, boolean accepted) {
        if (accepted) {
            assertThat(RvTo2Addr.decode(item(hex)).encode().toHex()).isEqualTo(hex.replace(" ", ""));
        } else {
            assertThatThrownBy(() -> RvTo2Addr.decode(item(hex))).isInstanceOf(Failure.Malformed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "82 2f 5820, 32, true", "82 2f 581f, 31, false", "82 2f 5821, 33, false", "82 2f 5830, 48, false", "82 382a 5830, 48, true", "82 382a 5820, 32, false",
        "82 10 5820, 32, false", "82 05 5820, 32, false"
    })
    void checksTheLengthOfAHashAgainstItsType(String head, int octets, boolean accepted) {
        Bytes encoded = Bytes.concat(Bytes.fromHex(head.replace(" ", "")), Bytes.owning(new byte[octets]));
        if (accepted) {
            assertThat(Hash.decode(CborItem.decode(encoded)).encode()).isEqualTo(encoded);
        } else {
            assertThatThrownBy(() -> Hash.decode(CborItem.decode(encoded))).isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void readsClaimsInAnyOrderAndUnderTheDraftsLabel() {
        String nonce = "50" + "11".repeat(16);
        String ueid = "5101" + "22".repeat(16);
        Eat standard = Eat.decode(Bytes.fromHex("a2 0a".replace(" ", "") + nonce + "190100" + ueid));
        Eat reversed = Eat.decode(Bytes.fromHex("a2190100" + ueid + "0a" + nonce));
        Eat draft = Eat.decode(Bytes.fromHex("a20a" + nonce + "0b" + ueid));
        Eat extra = Eat.decode(Bytes.fromHex("a30a" + nonce + "190100" + ueid + "616100"));
        assertThat(List.of(standard.guid(), reversed.guid(), draft.guid(), extra.guid())).containsOnly(new Guid(Bytes.fromHex("22".repeat(16))));
        assertThat(List.of(standard.fromZeroStrippingClient(), reversed.fromZeroStrippingClient(), draft.fromZeroStrippingClient()))
                .containsExactly(false, true, true);
        for (String bad : List.of("a10a" + nonce, "a1190100" + ueid, "a30a" + nonce + "0b" + ueid + "190100" + ueid, "a20a" + nonce + "1901005102" + "22".repeat(16))) {
            assertThatThrownBy(() -> Eat.decode(Bytes.fromHex(bad))).as(bad).isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void writesGuidsTheUsualWay() {
        Guid guid = Guid.parse("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(guid).hasToString("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(Guid.parse("00112233445566778899aabbccddeeff")).isEqualTo(guid);
    }

    @Test
    void showsNoSecrets() {
        assertThat(SecretBytes.owning(new byte[] {1, 2, 3})).hasToString("SecretBytes[3 octets]");
        assertThat(new ServiceInfoKeyValue("fdo.download:data", Bytes.fromHex("43736563"))).hasToString("fdo.download:data (4 octets)");
    }

    /** The form that one implementation writes RSA keys in: modulus and exponent. */
    @Test
    void readsAnRsaKeyAsModulusAndExponent() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
        for (int type : new int[] {1, 5}) {
            Bytes encoded = new CborWriter().array(3).integer(type).integer(0).array(2)
                    .byteString(Bytes.owning(key.getModulus().toByteArray()))
                    .byteString(Bytes.fromHex("010001"))
                    .toBytes();
            PublicKey read = PublicKey.decode(CborItem.decode(encoded));
            assertThat(read.key()).isEqualTo(key);
            assertThat(read.sameKeyAs(PublicKey.of(key))).isTrue();
            assertThat(read.sameKindAs(PublicKey.of(key))).isTrue();
        }
        Bytes expensive = new CborWriter().array(3).integer(5).integer(0).array(2)
                .byteString(Bytes.owning(key.getModulus().toByteArray()))
                .byteString(Bytes.fromHex("0100000001"))
                .toBytes();
        assertThatThrownBy(() -> PublicKey.decode(CborItem.decode(expensive))).isInstanceOf(Failure.Malformed.class);
        Bytes tooSmall = new CborWriter().array(3).integer(5).integer(0).array(2)
                .byteString(Bytes.owning(key.getModulus().shiftRight(1024).setBit(0).toByteArray()))
                .byteString(Bytes.fromHex("010001"))
                .toBytes();
        assertThatThrownBy(() -> PublicKey.decode(CborItem.decode(tooSmall))).isInstanceOf(Failure.Malformed.class);
    }
}

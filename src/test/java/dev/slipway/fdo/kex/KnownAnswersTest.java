package dev.slipway.fdo.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.RecordedSession;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cose.CoseEncrypt0;
import dev.slipway.cose.EcCurve;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.kex.KeyExchange.SharedX;
import dev.slipway.fdo.type.RandomSource;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECPrivateKeySpec;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Key exchange, key derivation and encryption against answers that other programs computed ({@code derived/README.md}). */
class KnownAnswersTest {

    private static final RandomSource RANDOM = octets -> {
        byte[] random = new byte[octets];
        new SecureRandom().nextBytes(random);
        return Bytes.owning(random);
    };

    static List<JsonNode> exchanges() {
        return list("ecdh.json");
    }

    private static List<JsonNode> list(String file) {
        return StreamSupport.stream(RecordedSession.json("derived", file).spliterator(), false).toList();
    }

    private static Bytes hex(JsonNode vector, String field) {
        return Bytes.fromHex(vector.get(field).asText());
    }

    private static KeyExchange side(JsonNode vector, String who) throws GeneralSecurityException {
        KexSuite suite = KexSuite.ofName(vector.get("name").asText().substring(0, 7));
        EcCurve curve = suite == KexSuite.ECDH256 ? EcCurve.P_256 : EcCurve.P_384;
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(new BigInteger(vector.get(who + "Priv").asText(), 16), curve.parameters()));
        return KeyExchange.of(suite, key, hex(vector, who + "Random"));
    }

    private static Bytes open(SecretBytes secret) {
        return Bytes.of(secret.toArray());
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void sharesTheSecret(JsonNode vector) throws GeneralSecurityException {
        KeyExchange owner = side(vector, "owner");
        assertThat(open(owner.sharedWithDevice(hex(vector, "xB"), SharedX.FIXED_WIDTH))).isEqualTo(hex(vector, "ShSe"));
        assertThat(open(owner.sharedWithDevice(hex(vector, "xB"), SharedX.STRIPPED))).isEqualTo(hex(vector, "ShSe_stripped"));
        assertThat(open(side(vector, "device").sharedWithOwner(hex(vector, "xA")))).isEqualTo(hex(vector, "ShSe"));
    }

    @Test
    void derivesKeys() {
        for (CipherSuite suite : CipherSuite.values()) {
            for (JsonNode vector : list("kdf.json")) {
                boolean forSuite = vector.get("name").asText().endsWith(" " + suite.name());
                if (forSuite && vector.get("contextRand").asText().isEmpty()) {
                    SessionKeys keys = SessionKeys.derive(suite, SecretBytes.owning(hex(vector, "shse").toArray()));
                    assertThat(open(keys.sevk())).as(vector.get("name").asText()).isEqualTo(hex(vector, "okm"));
                }
            }
        }
        assertThat(list("kdf.json").stream().map(vector -> vector.get("name").asText())).contains("ECDH256 A128GCM", "ECDH256 A256GCM", "ECDH384 A256GCM");
    }

    @Test
    void decrypts() {
        List<JsonNode> gcm = list("encrypt0.json").stream().filter(vector -> vector.get("suite").asText().endsWith("GCM")).toList();
        assertThat(gcm).hasSize(2);
        for (JsonNode vector : gcm) {
            SessionKeys keys = new SessionKeys(CipherSuite.ofId(vector.get("id").asInt()), SecretBytes.owning(hex(vector, "sevk").toArray()));
            assertThat(MessageProtection.decrypt(keys, hex(vector, "message"))).isEqualTo(hex(vector, "plaintext"));
            CoseEncrypt0 message = CoseEncrypt0.decode(CborItem.decode(hex(vector, "message")));
            assertThat(CoseEncrypt0.additionalData(message.protectedHeader())).isEqualTo(hex(vector, "enc_structure"));
            assertThat(message.encode()).isEqualTo(hex(vector, "message"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesAgreeAndNoFieldBeginsWithZero(KexSuite suite) {
        int field = suite == KexSuite.ECDH256 ? 32 : 48;
        int total = suite == KexSuite.ECDH256 ? 86 : 150;
        for (int i = 0; i < 100; i++) {
            KeyExchange owner = KeyExchange.begin(suite, RANDOM);
            KeyExchange device = KeyExchange.begin(suite, RANDOM);
            assertThat(owner.message().length()).isEqualTo(total);
            assertThat(List.of(owner.message().at(2), owner.message().at(4 + field), owner.message().at(6 + 2 * field))).doesNotContain(0);
            assertThat(open(owner.sharedWithDevice(device.message(), SharedX.FIXED_WIDTH))).isEqualTo(open(device.sharedWithOwner(owner.message())));
        }
    }

    @Test
    void takesShortCoordinatesAndSignOctets() throws GeneralSecurityException {
        JsonNode vector = exchanges().get(0);
        Bytes xb = hex(vector, "xB");
        Bytes withSign = Bytes.concat(Bytes.fromHex("002100"), xb.slice(2, 34), Bytes.fromHex("002100"), xb.slice(36, 68), xb.slice(68, xb.length()));
        assertThat(open(side(vector, "owner").sharedWithDevice(withSign, SharedX.FIXED_WIDTH))).isEqualTo(hex(vector, "ShSe"));
    }

    @Test
    void refusesWrongLengthsAndPointsOffTheCurve() throws GeneralSecurityException {
        JsonNode vector = exchanges().get(0);
        KeyExchange owner = side(vector, "owner");
        Bytes xb = hex(vector, "xB");
        for (int length = 0; length < xb.length(); length++) {
            Bytes cut = xb.slice(0, length);
            assertThatThrownBy(() -> owner.sharedWithDevice(cut, SharedX.FIXED_WIDTH)).isInstanceOf(Failure.Malformed.class);
        }
        assertThatThrownBy(() -> owner.sharedWithDevice(Bytes.concat(xb, Bytes.fromHex("00")), SharedX.FIXED_WIDTH)).isInstanceOf(Failure.Malformed.class);
        byte[] offCurve = xb.toArray();
        offCurve[10] ^= 1;
        assertThatThrownBy(() -> owner.sharedWithDevice(Bytes.owning(offCurve), SharedX.FIXED_WIDTH)).isInstanceOf(Failure.Invalid.class);
        Bytes longX = Bytes.concat(Bytes.fromHex("00220000"), xb.slice(2, xb.length()));
        assertThatThrownBy(() -> owner.sharedWithDevice(longX, SharedX.FIXED_WIDTH)).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void showsNoSecrets() {
        assertThat(new SessionKeys(CipherSuite.A128GCM, SecretBytes.owning(new byte[] {0x5a, 0x5a})).toString()).doesNotContain("5a", "90");
        assertThat(KeyExchange.begin(KexSuite.ECDH256, RANDOM)).hasToString("KeyExchange[ECDH256]");
    }
}

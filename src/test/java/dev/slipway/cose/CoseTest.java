package dev.slipway.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoseTest {

    private static final Bytes PAYLOAD = Bytes.fromHex("8101");
    private static final KeyPair KEY = VoucherFixture.key("secp256r1");

    private static CoseSign1 changed(int part, UnaryOperator<Bytes> change) {
        CborItem signed = CborItem.decode(CoseSign1.sign(KEY.getPrivate(), PAYLOAD).encoded()).tagged(18);
        CborWriter writer = new CborWriter().tag(18).array(4);
        for (int i = 0; i < 4; i++) {
            CborItem item = signed.array().get(i);
            writer.raw(i == part ? change.apply(item.bytes()) : item.bytes());
        }
        return CoseSign1.decode(CborItem.decode(writer.toBytes()));
    }

    @Test
    void givesOutThePayloadToWhoeverHasTheKey() {
        assertThat(CoseSign1.sign(KEY.getPrivate(), PAYLOAD).verify(KEY.getPublic())).isEqualTo(PAYLOAD);
        assertThatThrownBy(() -> CoseSign1.sign(KEY.getPrivate(), PAYLOAD).verify(VoucherFixture.key("secp256r1").getPublic()))
                .isInstanceOf(Failure.Invalid.class);
    }

    @Test
    void refusesOtherAlgorithmsThanTheKeysOwn() {
        assertThatThrownBy(() -> changed(0, header -> Bytes.fromHex("44a1013822")).verify(KEY.getPublic())).isInstanceOf(Failure.Invalid.class);
        assertThatThrownBy(() -> changed(0, header -> Bytes.fromHex("45a101390100")).verify(KEY.getPublic())).isInstanceOf(Failure.Invalid.class);
        assertThatThrownBy(() -> CoseSign1.sign(VoucherFixture.key("secp384r1").getPrivate(), PAYLOAD).verify(KEY.getPublic()))
                .isInstanceOf(Failure.Invalid.class);
    }

    @Test
    void takesTheAlgorithmFromTheProtectedHeaderOnly() {
        assertThatThrownBy(() -> changed(0, header -> Bytes.fromHex("40"))).isInstanceOf(Failure.Malformed.class);
        assertThatThrownBy(() -> changed(0, header -> Bytes.fromHex("41a0"))).isInstanceOf(Failure.Malformed.class);
        assertThat(changed(1, header -> Bytes.fromHex("a1013822")).verify(KEY.getPublic())).isEqualTo(PAYLOAD);
    }

    @Test
    void refusesUntaggedObjects() {
        Bytes signed = CoseSign1.sign(KEY.getPrivate(), PAYLOAD).encoded();
        assertThatThrownBy(() -> CoseSign1.decode(CborItem.decode(signed.slice(1, signed.length())))).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void refusesSignaturesInDer() throws GeneralSecurityException {
        Signature der = Signature.getInstance("SHA256withECDSA");
        der.initSign(KEY.getPrivate());
        der.update(new byte[10]);
        Bytes signature = Bytes.owning(der.sign());
        assertThatThrownBy(() -> changed(3, s -> new CborWriter().byteString(signature).toBytes()).verify(KEY.getPublic()))
                .isInstanceOf(Failure.Invalid.class);
    }

    /** A client drops the leading zero octet of r or s; such a signature comes about every 128 signings. */
    @Test
    void acceptsSignaturesWithoutLeadingZeros() {
        int shortR = 0;
        int shortS = 0;
        for (int i = 0; i < 50_000 && (shortR == 0 || shortS == 0); i++) {
            Bytes payload = new CborWriter().integer(i).toBytes();
            Bytes encoded = CoseSign1.sign(KEY.getPrivate(), payload).encoded();
            Bytes signature = encoded.slice(encoded.length() - 64, encoded.length());
            if (signature.at(0) == 0) {
                shortR++;
                assertThat(withSignature(encoded, signature.slice(1, 64)).verify(KEY.getPublic())).isEqualTo(payload);
            } else if (signature.at(32) == 0) {
                shortS++;
                Bytes stripped = Bytes.concat(signature.slice(0, 32), signature.slice(33, 64));
                assertThat(withSignature(encoded, stripped).verify(KEY.getPublic())).isEqualTo(payload);
            }
        }
        assertThat(shortR).isPositive();
        assertThat(shortS).isPositive();
    }

    private static CoseSign1 withSignature(Bytes encoded, Bytes signature) {
        Bytes shortened = Bytes.concat(encoded.slice(0, encoded.length() - 66), Bytes.of((byte) 0x58, (byte) signature.length()), signature);
        return CoseSign1.decode(CborItem.decode(shortened));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 61, 62, 63, 65, 96, 128})
    void refusesOtherLengths(int length) {
        assertThatThrownBy(() -> changed(3, s -> new CborWriter().byteString(Bytes.owning(new byte[length])).toBytes()).verify(KEY.getPublic()))
                .isInstanceOf(Failure.Invalid.class);
    }

    @Test
    void readsKeysWithAndWithoutTypeAndWithSignOctets() {
        ECPublicKey key = (ECPublicKey) KEY.getPublic();
        Bytes x = EcCurve.P_256.fixedWidth(key.getW().getAffineX());
        Bytes y = EcCurve.P_256.fixedWidth(key.getW().getAffineY());
        Bytes signed = Bytes.concat(Bytes.fromHex("00"), x);
        for (Bytes coordinate : new Bytes[] {x, signed}) {
            Bytes bare = new CborWriter().map(3).integer(-1).integer(1).integer(-2).byteString(coordinate).integer(-3).byteString(y).toBytes();
            Bytes typed = new CborWriter().map(4).integer(1).integer(2).raw(bare.slice(1, bare.length())).toBytes();
            assertThat(CoseKey.decode(CborItem.decode(bare)).getW()).isEqualTo(key.getW());
            assertThat(CoseKey.decode(CborItem.decode(typed)).getW()).isEqualTo(key.getW());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a3200121430102032243030201, point off the curve", "a220012141 01, no y", "a3200921410122 4101, unknown curve",
        "a40101200121410122 4101, wrong type", "a3200121402240, empty coordinates", "80, no map"
    })
    void refusesBadKeys(String hex, String why) {
        assertThatThrownBy(() -> CoseKey.decode(CborItem.decode(Bytes.fromHex(hex.replace(" ", ""))))).as(why).isInstanceOf(Failure.class);
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.kex.KeyExchange;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.CryptoProviders;
import dev.slipway.simulator.VirtualDevice;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real devices do differently, and must be let do: the rows of the profile of a tolerant server, "Accept", each a test with its name. What
 * is about vouchers is in {@link VoucherToleranceIT}.
 */
class ToleranceIT extends RawTo2 {

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        CryptoProviders.install();
        service = RunningService.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void initialise() {
        initialise(new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "tolerated"), service.url(), service.url());
    }

    private Bytes helloRv(String sigInfo) {
        return new CborWriter().array(2).byteString(guid).raw(Bytes.fromHex(sigInfo)).toBytes();
    }

    /** TO1 up to its nonce. */
    private Bytes helloRv() {
        Wire.Reply ack = Wire.post(service.url(), 30, Optional.empty(), helloRv("822640")).isMessage(31);
        token = ack.token();
        return CborItem.decode(ack.body()).array(2).get(0).byteString(16);
    }

    private Bytes rvClaims(Bytes nonce) {
        return new CborWriter().map(2).integer(10).byteString(nonce).integer(256).byteString(Bytes.concat(Bytes.of((byte) 1), guid)).toBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer of-another-run", "0123456789abcdef0123456789abcdef", "Basic eDp5"})
    void authorizationOfAnyKindOnOpeningMessages(String authorization) {
        Wire.post(service.url(), 30, Optional.of(authorization), helloRv("822640")).isMessage(31);
        Wire.post(service.url(), 60, Optional.of(authorization), helloDevice(guid, "ECDH256", 1)).isMessage(61);
    }

    @Test
    void authorizationWithAndWithoutBearer() {
        hello();
        token = token.map(value -> value.replaceFirst("^Bearer ", ""));
        send(62, Bytes.fromHex("8100")).isMessage(63);
        token = token.map(value -> "bearer " + value);
        send(62, Bytes.fromHex("8100")).isMessage(63);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cbor", "application/cbor; charset=utf-8", "application/cbor;a=b", "Application/CBOR"})
    void contentTypeWithOrWithoutParameters(String contentType) {
        Wire.post(service.url(), 60, Optional.empty(), Optional.of(contentType), helloDevice(guid, "ECDH256", 1)).isMessage(61);
    }

    /** Any map order, UEID under 256 or 11, extra claims and headers. */
    @ParameterizedTest
    @CsvSource({"a3 N U K", "a3 U N K", "a3 K U N", "a3 N D K", "a4 N U K X", "a4 X D K N"})
    void eatInAnyOrderWithExtraClaims(String layout) {
        Bytes nonceTo2ProveDv = hello();
        send(62, Bytes.fromHex("8100")).isMessage(63);
        String xb = KeyExchange.begin(KexSuite.ECDH256, RANDOM).message().toHex();
        String claims = layout.replace("N", "0a50" + nonceTo2ProveDv.toHex())
                .replace("U", "1901005101" + guid.toHex())
                .replace("D", "0b5101" + guid.toHex())
                .replace("K", "390100815856" + xb)
                .replace("X", "6565787472616141")
                .replace(" ", "");
        Bytes header = Bytes.fromHex("a2" + "390102" + "50" + RANDOM.next(16).toHex() + "20" + "6178");
        Bytes token64 = CoseSign1.sign(device.key().privateKey(), header, Bytes.fromHex(claims)).encoded();
        send(64, token64).isMessage(65);
    }

    @ParameterizedTest
    @CsvSource({"SECP256R1, 0", "SECP256R1, 1", "SECP256R1, 2", "SECP384R1, 0", "SECP384R1, 1", "SECP384R1, 2"})
    void ecdsaSignatureWithoutLeadingZeros(KeyType type, int missing) {
        initialise(new VirtualDevice.Model(type, KexSuite.ECDH256, CipherSuite.A128GCM, "short"), service.url(), service.url());
        Bytes shortened = ShortSignatures.of(device.key().privateKey(), rvClaims(helloRv()), type.curve().fieldOctets(), missing);
        Wire.post(service.url(), 32, token, shortened).isMessage(33);
    }

    /** 00 before each coordinate, or a coordinate whose leading 00 is not there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void xbWithSignOctetsOrShortCoordinates(boolean signOctets) {
        Bytes nonceTo2ProveDv = hello();
        send(62, Bytes.fromHex("8100")).isMessage(63);
        send(64, proof(nonceTo2ProveDv, RANDOM.next(16), ShortCoordinates.xb(signOctets, RANDOM))).isMessage(65);
    }

    @ParameterizedTest
    @CsvSource({"82f6f6", "82f600", "82f61864", "82f6190514", "82HM f6", "82HM 00", "82HM 1864"})
    void deviceServiceInfoReadyWithNullHmacAndSmallSizes(String ready) {
        Bytes nonceTo2ProveDv = prove(RANDOM.next(16));
        send(66, encrypted(Bytes.fromHex(ready.replace("HM ", "82055820" + RANDOM.next(32).toHex())))).isMessage(67);
        finishAfterReady(nonceTo2ProveDv);
    }

    /** Also after IsDone: some clients send one more. */
    @ParameterizedTest
    @ValueSource(strings = {
        "82f480", "82f4f6", "82f4818269783a756e6b6e6f776e41f5", "82f481826d6465766d6f643a61637469766541f5"
    })
    void deviceServiceInfoAfterIsDoneAndUnknownKeys(String message) {
        Bytes nonceTo2ProveDv = prove(RANDOM.next(16));
        send(66, encrypted(ready())).isMessage(67);
        send(68, encrypted(Bytes.fromHex("82f480"))).isMessage(69);
        Bytes answer = decrypted(send(68, encrypted(Bytes.fromHex(message))).isMessage(69));
        assertThat(answer.toHex()).isEqualTo("83f4f580");
        done(nonceTo2ProveDv).isMessage(71);
    }

    /** The exception: devmod again with more to come. The session is not disturbed by it. */
    @Test
    void deviceServiceInfoWithDevmodBegunAgainIsRefused() {
        Bytes nonceTo2ProveDv = prove(RANDOM.next(16));
        send(66, encrypted(ready())).isMessage(67);
        send(68, encrypted(Bytes.fromHex("82f480"))).isMessage(69);
        send(68, encrypted(Bytes.fromHex("82f581826d6465766d6f643a61637469766541f5"))).isRefusal(68, 101);
        done(nonceTo2ProveDv).isMessage(71);
    }

    /** −7, −35, −37, −38, −257, −258, 90, 91, 92; none of them decides how the device's signature is verified. */
    @ParameterizedTest
    @ValueSource(strings = {"26", "3822", "3824", "3825", "390100", "390101", "185a", "185b", "185c"})
    void sgTypeOfAnyKind(String sgType) {
        Wire.Reply ack = Wire.post(service.url(), 30, Optional.empty(), helloRv("82" + sgType + "40")).isMessage(31);
        Bytes nonce = CborItem.decode(ack.body()).array(2).get(0).byteString(16);
        Bytes proof = CoseSign1.sign(device.key().privateKey(), rvClaims(nonce)).encoded();
        Wire.post(service.url(), 32, ack.token(), proof).isMessage(33);
        String hello = helloDevice(guid, "ECDH256", 1).toHex().replace("01822640", "0182" + sgType + "40");
        Wire.post(service.url(), 60, Optional.empty(), Bytes.fromHex(hello)).isMessage(61);
    }

    @ParameterizedTest
    @ValueSource(strings = {"27", "00", "390fff", "1859"})
    void sgTypeThatIsNoneIsRefused(String sgType) {
        Wire.post(service.url(), 30, Optional.empty(), helloRv("82" + sgType + "40")).isRefusal(30, 101);
    }

    @ParameterizedTest
    @CsvSource({
        "SECP256R1, ECDH256, A128GCM", "SECP256R1, ECDH256, A256GCM", "SECP256R1, ECDH384, A128GCM", "SECP256R1, ECDH384, A256GCM",
        "SECP384R1, ECDH256, A128GCM", "SECP384R1, ECDH256, A256GCM", "SECP384R1, ECDH384, A128GCM", "SECP384R1, ECDH384, A256GCM"
    })
    void suitesThatAreNotBoundToTheCurve(KeyType key, KexSuite kex, CipherSuite cipher) {
        initialise(new VirtualDevice.Model(key, kex, cipher, "suites"), service.url(), service.url());
        assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
    }

    @Test
    void oneDeviceWithManyTries() {
        for (int i = 0; i < 20; i++) {
            hello();
        }
        for (int i = 0; i < 20; i++) {
            helloRv();
        }
        finish(prove(RANDOM.next(16)));
    }

    /** 71 was lost: the device comes again with the GUID that it still has. */
    @Test
    void oldGuidAfterALostDone2() {
        finish(prove(RANDOM.next(16)));
        finish(prove(RANDOM.next(16)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "00", "ff", "80", "8518641840606000", "851864183c60f6f6", "851864183c60c11a5f5e10001bffffffffffffffff", "851864183c60c06130c24a01020304050607080900"
    })
    void error255OfAnyShape(String hex) {
        hello();
        Wire.Reply answer = send(255, Bytes.fromHex(hex));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().isEmpty()).isTrue();
        send(62, Bytes.fromHex("8100")).isRefusal(62, 1);
    }
}

package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.kex.KeyExchange;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the owner service must refuse, with the other roles and alone, by the certification's list. One session goes through it all: after
 * each refusal the right message is still accepted, up to the end.
 */
@ParameterizedClass
@ValueSource(strings = {"manufacturer,rendezvous,owner", "owner"})
class OwnerRefusalIT extends RawTo2 {

    @TempDir
    private static Path folder;

    private static RunningService service;
    /** Where devices are initialised. */
    private static RunningService factory;

    @Parameter
    private String roles;

    @BeforeParameterizedClassInvocation
    static void start(String roles) throws IOException {
        service = RunningService.start(folder.resolve("data-" + roles), "-Dslipway.roles=" + roles);
        factory = service;
        if (roles.equals("owner")) {
            Path keys = Files.writeString(folder.resolve("owner.pem"), new Tools(service, folder).done("owner-key", "list"));
            factory = RunningService.start(
                    folder.resolve("factory"), "-Dslipway.roles=manufacturer", "-Dslipway.manufacturer.next-owner=" + keys);
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        service.close();
        if (factory != service) {
            factory.close();
        }
    }

    @BeforeEach
    void initialiseDevice() throws IOException {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "refused");
        initialise(model, factory.url(), service.url());
        if (factory != service) {
            String text = device.credential().guid().toString();
            Path voucher = Files.writeString(folder.resolve("voucher.pem"), new Tools(factory, folder).done("voucher", "export", text));
            new Tools(service, folder).done("voucher", "import", voucher.toString());
        }
    }

    @Test
    void refusesHelloDevice() {
        token = Optional.empty();
        send(60, Wire.badEncoding(helloDevice(guid, "ECDH256", 1))).isRefusal(60, 100);
        send(60, helloDevice(RANDOM.next(16), "ECDH256", 1)).isRefusal(60, 6);
        send(60, helloDevice(guid, "ecdh256", 1)).isRefusal(60, 101);
        send(60, helloDevice(guid, "ECDH256", 2)).isRefusal(60, 101);
        hello();
    }

    @Test
    void refusesGetOvNextEntryAndGoesOn() {
        hello();
        assertThat(proof.array(8).get(1).integer()).isEqualTo(1);
        send(62, Bytes.fromHex("8100ff")).isRefusal(62, 100);
        send(62, Bytes.fromHex("8120")).isRefusal(62, 100);
        for (int index : List.of(1, 2, 254, 255)) {
            send(62, new CborWriter().array(1).integer(index).toBytes()).isRefusal(62, 101);
        }
        send(62, Bytes.fromHex("81190100")).isRefusal(62, 100);
        assertThat(send(62, Bytes.fromHex("8100")).isMessage(63).body().toHex()).startsWith("8200d284");
    }

    @Test
    void refusesProveDeviceAndGoesOn() {
        Bytes nonceTo2ProveDv = hello();
        Bytes nonceTo2SetupDv = RANDOM.next(16);
        KeyExchange keyExchange = KeyExchange.begin(KexSuite.ECDH256, RANDOM);
        Bytes good = proof(nonceTo2ProveDv, nonceTo2SetupDv, keyExchange.message());
        send(64, good).isRefusal(64, 101);
        send(62, Bytes.fromHex("8100")).isMessage(63);
        send(64, Wire.badEncoding(good)).isRefusal(64, 100);
        send(64, signed(Wire.badEncoding(claims(nonceTo2ProveDv, keyExchange.message())), nonceTo2SetupDv)).isRefusal(64, 100);
        send(64, Wire.flip(good, good.length() - 1)).isRefusal(64, 101);
        send(64, proof(Wire.flip(nonceTo2ProveDv, 0), nonceTo2SetupDv, keyExchange.message())).isRefusal(64, 101);
        send(64, proof(nonceTo2ProveDv, nonceTo2SetupDv, Wire.flip(keyExchange.message(), 10))).isRefusal(64, 101);
        Bytes byAnotherKey = CoseSign1.sign(
                        VoucherFixture.key("secp256r1").getPrivate(), setupHeader(nonceTo2SetupDv), claims(nonceTo2ProveDv, keyExchange.message()))
                .encoded();
        send(64, byAnotherKey).isRefusal(64, 101);
        Wire.Reply setup = send(64, good).isMessage(65);
        deriveKeys(keyExchange);
        assertThat(decrypted(setup).toHex()).startsWith("d284");
    }

    @Test
    void refusesServiceInfoAndGoesOn() {
        prove(RANDOM.next(16));
        Bytes ready = ready();
        send(66, ready).isRefusal(66, 100);
        send(66, encrypted(Wire.badEncoding(ready))).isRefusal(66, 100);
        send(66, Wire.flip(encrypted(ready), 30)).isRefusal(66, 101);
        send(66, encrypted(encrypted(ready))).isRefusal(66, 100);
        assertThat(decrypted(send(66, encrypted(ready)).isMessage(67)).toHex()).isEqualTo("81192000");
        Bytes devmod = Bytes.fromHex("82f581826d6465766d6f643a61637469766541f5");
        send(68, Wire.flip(encrypted(devmod), 30)).isRefusal(68, 101);
        send(68, encrypted(Bytes.fromHex("82f5"))).isRefusal(68, 100);
        assertThat(decrypted(send(68, encrypted(devmod)).isMessage(69)).toHex()).isEqualTo("83f4f480");
        assertThat(decrypted(send(68, encrypted(Bytes.fromHex("82f480"))).isMessage(69)).toHex()).as("no modules: done").isEqualTo("83f4f580");
        send(68, encrypted(devmod)).isRefusal(68, 101);
        assertThat(decrypted(send(68, encrypted(Bytes.fromHex("82f4f6"))).isMessage(69)).toHex()).as("one more").isEqualTo("83f4f580");
    }

    @Test
    void refusesDoneAndGoesOn() {
        Bytes nonceTo2SetupDv = RANDOM.next(16);
        Bytes nonceTo2ProveDv = prove(nonceTo2SetupDv);
        send(66, encrypted(ready())).isMessage(67);
        Bytes done = new CborWriter().array(1).byteString(nonceTo2ProveDv).toBytes();
        send(70, encrypted(done)).isRefusal(70, 101);
        send(68, encrypted(Bytes.fromHex("82f480"))).isMessage(69);
        send(70, Wire.flip(encrypted(done), 25)).isRefusal(70, 101);
        send(70, encrypted(Wire.flip(done, 5))).isRefusal(70, 101);
        send(70, encrypted(done.slice(0, 17))).isRefusal(70, 100);
        Bytes last = encrypted(done);
        Wire.Reply first = send(70, last).isMessage(71);
        assertThat(send(70, last).isMessage(71).body()).as("its exact repeat gets the same answer").isEqualTo(first.body());
        send(70, encrypted(done)).isRefusal(70, 1);
        assertThat(decrypted(first)).isEqualTo(new CborWriter().array(1).byteString(nonceTo2SetupDv).toBytes());
    }

    /** Every message in every state that a device can bring a session to; the session then takes the message that belongs there. */
    @Test
    void acceptsEachMessageInOneStateOnly() {
        Bytes nonceTo2SetupDv = RANDOM.next(16);
        Bytes nonceTo2ProveDv = hello();
        KeyExchange keyExchange = KeyExchange.begin(KexSuite.ECDH256, RANDOM);
        Bytes proveDevice = proof(nonceTo2ProveDv, nonceTo2SetupDv, keyExchange.message());
        Bytes done = new CborWriter().array(1).byteString(nonceTo2ProveDv).toBytes();
        send(64, proveDevice).isRefusal(64, 101);
        for (int number : List.of(66, 68, 70)) {
            send(number, Bytes.fromHex("80")).isRefusal(number, 101);
        }
        send(62, Bytes.fromHex("8100")).isMessage(63);
        send(64, proveDevice).isMessage(65);
        deriveKeys(keyExchange);
        send(62, Bytes.fromHex("8100")).isRefusal(62, 101);
        send(68, encrypted(Bytes.fromHex("82f480"))).isRefusal(68, 101);
        send(70, encrypted(done)).isRefusal(70, 101);
        send(66, encrypted(ready())).isMessage(67);
        send(62, Bytes.fromHex("8100")).isRefusal(62, 101);
        send(64, proveDevice).isRefusal(64, 101);
        send(66, encrypted(ready())).isRefusal(66, 101);
        send(70, encrypted(done)).isRefusal(70, 101);
        send(68, encrypted(Bytes.fromHex("82f480"))).isMessage(69);
        send(66, encrypted(ready())).isRefusal(66, 101);
        send(64, proveDevice).isRefusal(64, 101);
        send(70, encrypted(done)).isMessage(71);
        for (int number : List.of(62, 64, 66, 68, 12, 22, 32)) {
            boolean served = number > 60 || roles.contains("rendezvous");
            send(number, Bytes.fromHex("8100")).isRefusal(number, served ? 1 : 6);
        }
    }

    @Test
    void endsSessionAfterSixteenRefusals() {
        hello();
        for (int i = 0; i < 16; i++) {
            send(62, Bytes.fromHex("8109")).isRefusal(62, 101);
        }
        send(62, Bytes.fromHex("8100")).isRefusal(62, 1);
        prove(RANDOM.next(16));
    }

    /** Twenty handshakes begun and left within a moment lock nobody out. */
    @Test
    void letsADeviceBeginAgainAndAgain() {
        for (int i = 0; i < 20; i++) {
            hello();
        }
        Bytes nonceTo2ProveDv = prove(RANDOM.next(16));
        finish(nonceTo2ProveDv);
    }
}

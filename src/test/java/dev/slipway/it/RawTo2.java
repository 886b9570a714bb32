package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.kex.KeyExchange;
import dev.slipway.fdo.kex.MessageProtection;
import dev.slipway.fdo.kex.SessionKeys;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.net.URI;
import java.util.Optional;

/** A device of which each message is put together octet by octet, so that each octet can be another one. Its suite is ECDH256, A128GCM. */
abstract class RawTo2 {

    static final SystemRandom RANDOM = new SystemRandom();

    VirtualDevice device;
    Bytes guid;
    Optional<String> token;
    private URI url;
    private SessionKeys keys;
    CborItem proof;

    void initialise(VirtualDevice.Model model, URI factory, URI owner) {
        device = new VirtualDevice(model, "RAW-1", RunningService.http(), new Latencies(), RANDOM);
        device.initialize(factory);
        guid = device.credential().guid().value();
        url = owner;
    }

    Bytes helloDevice(Bytes ofGuid, String kexSuite, int cipherSuite) {
        return new CborWriter()
                .array(6)
                .integer(65535)
                .byteString(ofGuid)
                .byteString(Bytes.owning(new byte[16]))
                .text(kexSuite)
                .integer(cipherSuite)
                .raw(Bytes.fromHex("822640"))
                .toBytes();
    }

    Wire.Reply send(int number, Bytes body) {
        return Wire.post(url, number, token, body);
    }

    Bytes encrypted(Bytes clear) {
        return MessageProtection.encrypt(keys, clear, RANDOM);
    }

    Bytes decrypted(Wire.Reply reply) {
        return MessageProtection.decrypt(keys, reply.body());
    }

    /** A session in which everything was right so far. */
    Bytes hello() {
        token = Optional.empty();
        Wire.Reply reply = send(60, helloDevice(guid, "ECDH256", 1)).isMessage(61);
        token = reply.token();
        CoseSign1 signed = CoseSign1.decode(CborItem.decode(reply.body()));
        proof = CborItem.decode(signed.unverifiedPayload());
        return signed.unprotectedHeader().get(256).orElseThrow().byteString(16);
    }

    /** The same, up to the keys. */
    Bytes prove(Bytes nonceTo2SetupDv) {
        Bytes nonceTo2ProveDv = hello();
        send(62, Bytes.fromHex("8100")).isMessage(63);
        KeyExchange keyExchange = KeyExchange.begin(KexSuite.ECDH256, RANDOM);
        send(64, proof(nonceTo2ProveDv, nonceTo2SetupDv, keyExchange.message())).isMessage(65);
        deriveKeys(keyExchange);
        return nonceTo2ProveDv;
    }

    void deriveKeys(KeyExchange keyExchange) {
        keys = SessionKeys.derive(CipherSuite.A128GCM, keyExchange.sharedWithOwner(proof.array(8).get(5).byteString()));
    }

    static Bytes ready() {
        return Bytes.concat(Bytes.fromHex("8282055820"), RANDOM.next(32), Bytes.fromHex("190514"));
    }

    Bytes claims(Bytes nonce, Bytes xb) {
        return new CborWriter()
                .map(3)
                .integer(10)
                .byteString(nonce)
                .integer(256)
                .byteString(Bytes.concat(Bytes.of((byte) 1), guid))
                .integer(-257)
                .array(1)
                .byteString(xb)
                .toBytes();
    }

    static Bytes setupHeader(Bytes nonceTo2SetupDv) {
        return new CborWriter().map(1).integer(-259).byteString(nonceTo2SetupDv).toBytes();
    }

    Bytes signed(Bytes claims, Bytes nonceTo2SetupDv) {
        return CoseSign1.sign(device.key().privateKey(), setupHeader(nonceTo2SetupDv), claims).encoded();
    }

    Bytes proof(Bytes nonceTo2ProveDv, Bytes nonceTo2SetupDv, Bytes xb) {
        return signed(claims(nonceTo2ProveDv, xb), nonceTo2SetupDv);
    }

    /** The end of a session that has keys: nothing to say, and done. */
    void finish(Bytes nonceTo2ProveDv) {
        send(66, encrypted(ready())).isMessage(67);
        finishAfterReady(nonceTo2ProveDv);
    }

    void finishAfterReady(Bytes nonceTo2ProveDv) {
        send(68, encrypted(Bytes.fromHex("82f480"))).isMessage(69);
        done(nonceTo2ProveDv).isMessage(71);
    }

    Wire.Reply done(Bytes nonceTo2ProveDv) {
        return send(70, encrypted(new CborWriter().array(1).byteString(nonceTo2ProveDv).toBytes()));
    }
}

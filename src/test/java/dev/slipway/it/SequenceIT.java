package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.kex.KeyExchange;
import dev.slipway.fdo.kex.MessageProtection;
import dev.slipway.fdo.kex.SessionKeys;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message in every state of a session, generated: what does not belong there is refused and changes nothing, then what belongs there is
 * accepted, and its exact repeat gets the same answer.
 */
class SequenceIT {

    private static final SystemRandom RANDOM = new SystemRandom();

    /** The messages that go on with a session, in the order of their numbers. */
    private static final List<Integer> CONTINUING = List.of(12, 22, 32, 62, 64, 66, 68, 70);

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** A device on its way through a protocol, with the message that belongs next. */
    private static final class Run {
        private final VirtualDevice device = new VirtualDevice(
                new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "sequence"),
                "SEQUENCE-1", RunningService.http(), new Latencies(), RANDOM);
        private final Map<Integer, Bytes> wellFormed = new LinkedHashMap<>();
        private Optional<String> token = Optional.empty();
        private SessionKeys keys = new SessionKeys(CipherSuite.A128GCM, SecretBytes.owning(new byte[16]));
        private Bytes nonceTo2ProveDv = RANDOM.next(16);

        private Run() {
            device.initialize(service.url());
            wellFormed.put(12, Bytes.concat(Bytes.fromHex("8182055820"), RANDOM.next(32)));
            wellFormed.put(22, Bytes.fromHex("80"));
            Bytes token = CoseSign1.sign(device.key().privateKey(), claims(RANDOM.next(16), Optional.empty())).encoded();
            wellFormed.put(32, token);
            wellFormed.put(62, Bytes.fromHex("8100"));
            Bytes header = new CborWriter().map(1).integer(-259).byteString(RANDOM.next(16)).toBytes();
            wellFormed.put(64, CoseSign1.sign(device.key().privateKey(), header, claims(RANDOM.next(16), Optional.of(RANDOM.next(86)))).encoded());
        }

        private Bytes guid() {
            return device.credential().guid().value();
        }

        private Bytes body(int number) {
            return switch (number) {
                case 66 -> encrypted(Bytes.concat(Bytes.fromHex("8282055820"), RANDOM.next(32), Bytes.fromHex("f6")));
                case 68 -> encrypted(Bytes.fromHex("82f480"));
                case 70 -> encrypted(new CborWriter().array(1).byteString(nonceTo2ProveDv).toBytes());
                default -> wellFormed.get(number);
            };
        }

        /** As well formed, but never the exact repeat of a message, which is answered once more. */
        private Bytes otherBody(int number) {
            Bytes body = body(number);
            return number == 32 || number == 64 ? Wire.flip(body, body.length() - 1) : body;
        }

        private Bytes encrypted(Bytes clear) {
            return MessageProtection.encrypt(keys, clear, RANDOM);
        }

        private Wire.Reply send(int number, Bytes body) {
            return Wire.post(service.url(), number, token, body);
        }

        private Bytes claims(Bytes nonce, Optional<Bytes> xb) {
            CborWriter claims = new CborWriter().map(xb.isPresent() ? 3 : 2).integer(10).byteString(nonce);
            claims.integer(256).byteString(Bytes.concat(Bytes.of((byte) 1), guid()));
            xb.ifPresent(value -> claims.integer(-257).array(1).byteString(value));
            return claims.toBytes();
        }

        private Run helloRv() {
            Wire.Reply ack = send(30, new CborWriter().array(2).byteString(guid()).raw(Bytes.fromHex("822640")).toBytes()).isMessage(31);
            token = ack.token();
            Bytes nonce = CborItem.decode(ack.body()).array(2).get(0).byteString(16);
            wellFormed.put(32, CoseSign1.sign(device.key().privateKey(), claims(nonce, Optional.empty())).encoded());
            return this;
        }

        private Run helloDevice() {
            Bytes hello = new CborWriter().array(6).integer(0).byteString(guid()).byteString(RANDOM.next(16)).text("ECDH256").integer(1)
                    .raw(Bytes.fromHex("822640")).toBytes();
            Wire.Reply reply = send(60, hello).isMessage(61);
            token = reply.token();
            CoseSign1 proof = CoseSign1.decode(CborItem.decode(reply.body()));
            nonceTo2ProveDv = proof.unprotectedHeader().get(256).orElseThrow().byteString(16);
            KeyExchange keyExchange = KeyExchange.begin(KexSuite.ECDH256, RANDOM);
            Bytes header = new CborWriter().map(1).integer(-259).byteString(RANDOM.next(16)).toBytes();
            Bytes signed = CoseSign1.sign(device.key().privateKey(), header, claims(nonceTo2ProveDv, Optional.of(keyExchange.message()))).encoded();
            wellFormed.put(64, signed);
            Bytes xa = CborItem.decode(proof.unverifiedPayload()).array(8).get(5).byteString();
            keys = SessionKeys.derive(CipherSuite.A128GCM, keyExchange.sharedWithOwner(xa));
            return this;
        }

        private Run then(int number, int answer) {
            send(number, body(number)).isMessage(answer);
            return this;
        }

        private Run hello() {
            token = send(20, Bytes.fromHex("80")).isMessage(21).token();
            return this;
        }

        private Run moreDevmod() {
            send(68, encrypted(Bytes.fromHex("82f581826d6465766d6f643a61637469766541f5"))).isMessage(69);
            return this;
        }
    }

    static Stream<Arguments> states() {
        return Stream.of(
                arguments("after HelloAck", List.of(22), Protocols.TO0, new Run().hello()),
                arguments("after HelloRVAck", List.of(32), Protocols.TO1, new Run().helloRv()),
                arguments("after RVRedirect", List.of(), Protocols.FINISHED, new Run().helloRv().then(32, 33)),
                arguments("after ProveOVHdr", List.of(62), Protocols.TO2, new Run().helloDevice()),
                arguments("after OVNextEntry", List.of(62, 64), Protocols.TO2, new Run().helloDevice().then(62, 63)),
                arguments("after SetupDevice", List.of(66), Protocols.TO2, new Run().helloDevice().then(62, 63).then(64, 65)),
                arguments("after OwnerServiceInfoReady", List.of(68), Protocols.TO2, new Run().helloDevice().then(62, 63).then(64, 65).then(66, 67)),
                arguments(
                        "while the device has more", List.of(68), Protocols.TO2,
                        new Run().helloDevice().then(62, 63).then(64, 65).then(66, 67).moreDevmod()),
                arguments(
                        "after the owner is done", List.of(68, 70), Protocols.TO2,
                        new Run().helloDevice().then(62, 63).then(64, 65).then(66, 67).then(68, 69)),
                arguments(
                        "after Done2", List.of(), Protocols.FINISHED,
                        new Run().helloDevice().then(62, 63).then(64, 65).then(66, 67).then(68, 69).then(70, 71)));
    }

    /** The messages that a session's protocol has; the token means nothing to any other. */
    private enum Protocols {
        TO0(22),
        TO1(32),
        TO2(62, 64, 66, 68, 70),
        FINISHED;

        private final List<Integer> messages;

        Protocols(Integer... messages) {
            this.messages = List.of(messages);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void acceptsOnlyWhatBelongs(String state, List<Integer> belonging, Protocols protocol, Run run) {
        for (int number : CONTINUING) {
            if (!belonging.contains(number)) {
                int code = protocol.messages.contains(number) ? 101 : 1;
                run.send(number, run.otherBody(number)).isRefusal(number, code);
            }
        }
        for (int number : belonging) {
            if (number != 22) {
                Bytes body = run.body(number);
                Wire.Reply first = run.send(number, body);
                assertThat(first.messageType()).as("answer to %d: %s", number, first).isEqualTo(Integer.toString(number + 1));
                assertThat(run.send(number, body).body()).as("repeat of %d", number).isEqualTo(first.body());
                assertThat(first.token()).isEqualTo(run.token);
            }
        }
    }
}

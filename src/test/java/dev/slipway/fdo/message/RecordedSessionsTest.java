package dev.slipway.fdo.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.RecordedSession;
import dev.slipway.RecordedSession.Recorded;
import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.kex.MessageProtection;
import dev.slipway.fdo.kex.SessionKeys;
import dev.slipway.fdo.rendezvous.To1d;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VoucherVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions that other implementations had with each other: every message, every signature, hash and MAC, every decrypted body. */
class RecordedSessionsTest {

    private static final Instant RECORDED = Instant.parse("2026-11-22T23:30:00Z");

    static List<RecordedSession> sessions() {
        return RecordedSession.supported();
    }

    private static SessionKeys keys(RecordedSession session) {
        var recorded = session.json("session-keys.json");
        SecretBytes secret = SecretBytes.owning(Bytes.fromHex(recorded.get("shared_secret").asText()).toArray());
        return SessionKeys.derive(CipherSuite.ofId(recorded.get("cipher_id").asInt()), secret);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void decodesEveryMessageAndEncodesTheSameOctets(RecordedSession session) {
        assertThat(session.messages()).hasSizeGreaterThanOrEqualTo(24);
        for (Recorded message : session.messages()) {
            FdoMessage decoded = MessageCodec.decode(message.type(), message.clear());
            assertThat(decoded.type()).isEqualTo(message.type());
            assertThat(decoded.encode()).as(message.file()).isEqualTo(message.clear());
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void derivesTheRecordedKeyAndDecryptsEveryBody(RecordedSession session) {
        SessionKeys keys = keys(session);
        assertThat(Bytes.of(keys.sevk().toArray()).toHex()).isEqualTo(session.json("session-keys.json").get("sek").asText());
        List<Recorded> encrypted = session.messages().stream().filter(message -> message.type().encrypted()).toList();
        assertThat(encrypted).hasSizeGreaterThanOrEqualTo(7);
        for (Recorded message : encrypted) {
            assertThat(MessageProtection.decrypt(keys, message.body())).as(message.file()).isEqualTo(message.clear());
            Bytes altered = Bytes.concat(message.body().slice(0, message.body().length() - 1), Bytes.of((byte) (message.body().at(message.body().length() - 1) ^ 1)));
            assertThatThrownBy(() -> MessageProtection.decrypt(keys, altered)).isInstanceOf(Failure.Invalid.class);
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void verifiesVoucherAndInitialisation(RecordedSession session) {
        OwnershipVoucher voucher = OwnershipVoucher.decode(session.bytes("voucher.cbor"));
        OwnershipVoucher unextended = OwnershipVoucher.decode(session.bytes("voucher.unextended.cbor"));
        new VoucherVerifier(true).verify(voucher, RECORDED);
        assertThat(voucher.entries()).hasSize(1);
        assertThat(unextended.header().bytes()).isEqualTo(voucher.header().bytes());
        Di.SetCredentials credentials = decode(session, MessageType.DI_SET_CREDENTIALS);
        Di.SetHmac setHmac = decode(session, MessageType.DI_SET_HMAC);
        assertThat(credentials.header().bytes()).isEqualTo(voucher.header().bytes());
        assertThat(setHmac.hmac()).isEqualTo(voucher.hmac().value());
        if (Files.exists(Vectors.file("captures/" + session.name()).resolve("hmac-secret.hex"))) {
            SecretBytes secret = SecretBytes.owning(Bytes.fromHex(session.text("hmac-secret.hex")).toArray());
            Hmac computed = setHmac.hmac().type().mac(secret, voucher.header().bytes());
            assertThat(computed).isEqualTo(voucher.hmac().value());
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void verifiesRendezvous(RecordedSession session) {
        OwnershipVoucher voucher = OwnershipVoucher.decode(session.bytes("voucher.cbor"));
        To0.OwnerSign ownerSign = session.messages().stream()
                .filter(message -> message.type() == MessageType.TO0_OWNER_SIGN)
                .map(message -> (To0.OwnerSign) MessageCodec.decode(message.type(), message.clear()))
                .filter(message -> message.to0d().value().voucher().guid().equals(voucher.guid()))
                .reduce((first, last) -> last)
                .orElseThrow();
        To1d to1d = ownerSign.to1d();
        to1d.signed().verify(voucher.ownerKey().key());
        assertThat(to1d.to0dHash()).isEqualTo(to1d.to0dHash().type().hash(ownerSign.to0d().bytes()));
        assertThat(ownerSign.to0d().value().voucher().encoded()).isEqualTo(voucher.encoded());

        PublicKey deviceKey = voucher.deviceChain().orElseThrow().leafKey();
        To1.HelloRvAck ack = decode(session, MessageType.TO1_HELLO_RV_ACK);
        To1.ProveToRv proof = decode(session, MessageType.TO1_PROVE_TO_RV);
        proof.token().verify(deviceKey);
        assertThat(proof.claims().nonce()).isEqualTo(ack.nonceTo1Proof());
        assertThat(proof.claims().guid()).isEqualTo(voucher.guid());
        assertThat(session.message(MessageType.TO1_RV_REDIRECT).clear()).isEqualTo(to1d.signed().encoded());
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void verifiesOwnerAndDevice(RecordedSession session) {
        OwnershipVoucher voucher = OwnershipVoucher.decode(session.bytes("voucher.cbor"));
        Recorded hello = session.message(MessageType.TO2_HELLO_DEVICE);
        To2.HelloDevice helloDevice = (To2.HelloDevice) MessageCodec.decode(hello.type(), hello.clear());
        OvHdrProof proof = ((To2.ProveOvHdr) decode(session, MessageType.TO2_PROVE_OV_HDR)).proof();
        proof.signed().verify(proof.ownerKey().key());
        OvHdrProof.Payload payload = proof.payload();
        assertThat(proof.ownerKey().encoded()).isEqualTo(voucher.ownerKey().encoded());
        assertThat(payload.nonceTo2ProveOv()).isEqualTo(helloDevice.nonceTo2ProveOv());
        assertThat(payload.helloDeviceHash()).isEqualTo(payload.helloDeviceHash().type().hash(hello.body()));
        assertThat(payload.header().bytes()).isEqualTo(voucher.header().bytes());
        assertThat(payload.hmac().bytes()).isEqualTo(voucher.hmac().bytes());
        assertThat(payload.numOvEntries()).isEqualTo(voucher.entries().size());
        To2.OvNextEntry entry = decode(session, MessageType.TO2_OV_NEXT_ENTRY);
        assertThat(entry.entry()).isEqualTo(voucher.entries().get(0).encoded());

        To2.ProveDevice prove = decode(session, MessageType.TO2_PROVE_DEVICE);
        prove.token().verify(voucher.deviceChain().orElseThrow().leafKey());
        assertThat(prove.claims().nonce()).isEqualTo(proof.nonceTo2ProveDv());
        DeviceSetup setup = ((To2.SetupDevice) decode(session, MessageType.TO2_SETUP_DEVICE)).setup();
        setup.signed().verify(setup.owner2Key().key());
        assertThat(setup.nonceTo2SetupDv()).isEqualTo(prove.nonceTo2SetupDv());
        assertThat(((To2.Done) decode(session, MessageType.TO2_DONE)).nonceTo2ProveDv()).isEqualTo(proof.nonceTo2ProveDv());
        assertThat(((To2.Done2) decode(session, MessageType.TO2_DONE2)).nonceTo2SetupDv()).isEqualTo(prove.nonceTo2SetupDv());
    }

    /** The one client of the recordings that strips leading zeros is recognised by the order of its claims. */
    @ParameterizedTest
    @MethodSource("sessions")
    void recognisesTheClientThatStripsZeros(RecordedSession session) {
        To2.ProveDevice prove = decode(session, MessageType.TO2_PROVE_DEVICE);
        assertThat(prove.claims().fromZeroStrippingClient()).isEqualTo(session.name().startsWith("csdk-"));
    }

    @SuppressWarnings("unchecked")
    private static <M extends FdoMessage> M decode(RecordedSession session, MessageType type) {
        return (M) MessageCodec.decode(type, session.message(type).clear());
    }

    /** Recordings with suites or encodings that come later: each is refused in so many words, by the message that has them. */
    @Test
    void refusesWhatComesLater() throws IOException {
        List<String> later = List.of("csdk-ecdsa256-ccm", "pri-ecdsa256-rsa2048owner-asymkex", "pri-ecdsa256-rsa2048owner-dh14", "pri-ecdsa256-a128gcm-cosekey");
        try (Stream<Path> folders = Files.list(Vectors.file("captures"))) {
            List<String> recordings = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !List.of("keys", "negative").contains(name))
                    .toList();
            assertThat(recordings)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(sessions().stream().map(RecordedSession::name), later.stream()).toList());
        }
        RecordedSession ccm = new RecordedSession("csdk-ecdsa256-ccm");
        assertThatThrownBy(() -> CipherSuite.ofId(ccm.json("session-keys.json").get("cipher_id").asInt())).isInstanceOf(Failure.Invalid.class);
        for (String rsa : List.of("pri-ecdsa256-rsa2048owner-asymkex", "pri-ecdsa256-rsa2048owner-dh14")) {
            RecordedSession session = new RecordedSession(rsa);
            To2.HelloDevice hello = decode(session, MessageType.TO2_HELLO_DEVICE);
            assertThatThrownBy(() -> KexSuite.ofName(hello.kexSuiteName())).isInstanceOf(Failure.Invalid.class);
            To2.ProveOvHdr offer = decode(session, MessageType.TO2_PROVE_OV_HDR);
            offer.proof().signed().verify(offer.proof().ownerKey().key());
        }
        // Map keys as text: that encoder's own mistake, and right to refuse. Its voucher has them as integers and is read.
        RecordedSession coseKey = new RecordedSession("pri-ecdsa256-a128gcm-cosekey");
        Recorded proof = coseKey.message(MessageType.TO2_PROVE_OV_HDR);
        assertThatThrownBy(() -> MessageCodec.decode(proof.type(), proof.clear())).isInstanceOf(Failure.Malformed.class);
        new VoucherVerifier(true).verify(OwnershipVoucher.decode(coseKey.bytes("voucher.cbor")), RECORDED);
    }

    @Test
    void decodesAnErrorMessageOfAnotherImplementation() {
        ErrorMessage.Received error = ErrorMessage.Received.decode(Bytes.fromHex(Vectors.text("fdo-rs/error-message.hex").strip()));
        assertThat(error.code()).isEqualTo(2);
        assertThat(error.prevMsg()).isEqualTo(22);
        assertThat(error.text()).isEqualTo("Ownership voucher manufacturer not trusted");
    }
}

package dev.slipway.it;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the rendezvous service must refuse, with the other roles and alone, by the certification's list; after each refusal nothing has changed
 * and the session goes on.
 */
@ParameterizedClass
@ValueSource(strings = {"manufacturer,rendezvous,owner", "rendezvous"})
class RendezvousRefusalIT {

    private static final String ADDRESSES = "8184f6696c6f63616c686f7374191f9003";
    private static final String ADDRESSES_WITHOUT_HOST = "8184f6f6191f9003";
    private static final long THIRTY_DAYS = 2_592_000;

    @TempDir
    private static Path folder;

    private static RunningService service;

    @Parameter
    private String roles;

    @BeforeParameterizedClassInvocation
    static void start(String roles) {
        service = RunningService.start(folder.resolve("data-" + roles), "-Dslipway.roles=" + roles);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        service.close();
    }

    /** A registration as an owner makes it, with one knob for each thing that can be wrong with it. */
    private static final class Registration {
        private final VoucherFixture voucher;
        private Bytes voucherBytes;
        private UnaryOperator<Bytes> nonce = UnaryOperator.identity();
        private UnaryOperator<Bytes> hash = UnaryOperator.identity();
        private UnaryOperator<Bytes> to0d = UnaryOperator.identity();
        private UnaryOperator<Bytes> to1d = UnaryOperator.identity();
        private KeyPair signer;
        private String addresses = ADDRESSES;

        private Registration(VoucherFixture voucher) {
            this.voucher = voucher;
            this.voucherBytes = voucher.encoded();
            this.signer = voucher.owner;
        }

        Bytes ownerSign(Bytes nonceTo0Sign) {
            Bytes to0dBytes = new CborWriter()
                    .array(3)
                    .raw(voucherBytes)
                    .integer(THIRTY_DAYS)
                    .byteString(nonce.apply(nonceTo0Sign))
                    .toBytes();
            Bytes payload = new CborWriter()
                    .array(2)
                    .raw(Bytes.fromHex(addresses))
                    .raw(hash.apply(HashType.SHA256.hash(to0dBytes).encode()))
                    .toBytes();
            Bytes signed = CoseSign1.sign(signer.getPrivate(), payload).encoded();
            return new CborWriter().array(2).byteString(to0d.apply(to0dBytes)).raw(to1d.apply(signed)).toBytes();
        }

        static Registration of(VoucherFixture voucher) {
            return new Registration(voucher);
        }

        Registration withNonce(UnaryOperator<Bytes> change) {
            nonce = change;
            return this;
        }

        Registration withHash(UnaryOperator<Bytes> change) {
            hash = change;
            return this;
        }

        Registration withTo0d(UnaryOperator<Bytes> change) {
            to0d = change;
            return this;
        }

        Registration withTo1d(UnaryOperator<Bytes> change) {
            to1d = change;
            return this;
        }

        Registration signedBy(KeyPair other) {
            signer = other;
            return this;
        }

        Registration withAddresses(String hex) {
            addresses = hex;
            return this;
        }
    }

    static Stream<Arguments> badRegistrations() {
        UnaryOperator<Bytes> flipLast = octets -> Wire.flip(octets, octets.length() - 1);
        UnaryOperator<Bytes> otherHashType = hash -> Bytes.concat(Bytes.fromHex("82382a5820"), hash.slice(4, hash.length()));
        return Stream.of(
                arguments("undecodable to0d", 100, Registration.of(aVoucher()).withTo0d(Wire::badEncoding)),
                arguments("undecodable to1d", 100, Registration.of(aVoucher()).withTo1d(Wire::badEncoding)),
                arguments("bad to1d signature", 3, Registration.of(aVoucher()).withTo1d(flipLast)),
                arguments("to1d by another key", 3, Registration.of(aVoucher()).signedBy(VoucherFixture.key("secp256r1"))),
                arguments("wrong to0d hash", 101, Registration.of(aVoucher()).withHash(flipLast)),
                arguments("to0d hash under the other type", 100, Registration.of(aVoucher()).withHash(otherHashType)),
                arguments("wrong TO0 nonce", 101, Registration.of(aVoucher()).withNonce(flipLast)),
                arguments("address with neither IP nor DNS", 4, Registration.of(aVoucher()).withAddresses(ADDRESSES_WITHOUT_HOST)),
                arguments("wrong header version", 2, Registration.of(aVoucher().withHeaderVersion(100))),
                arguments("wrong outer version", 2, Registration.of(aVoucher().withVersion(100))),
                arguments("empty RVInfo", 100, Registration.of(aVoucher().withRvInfo("80"))),
                arguments("empty DeviceInfo", 2, Registration.of(aVoucher().withDeviceInfo(""))),
                arguments("GUID of zeros", 5, Registration.of(aVoucher().withGuidOctets(new byte[16]))),
                arguments("GUID of 15 octets", 5, Registration.of(aVoucher().withGuidOctets(new byte[15]))),
                arguments("bad public key", 100, Registration.of(aVoucher().withManufacturerKey(key -> Wire.flip(key, 20)))),
                arguments("wrong chain hash", 2, Registration.of(aVoucher().withChainHash(flipLast))),
                arguments("chain hash under the other type", 100, Registration.of(aVoucher().withChainHash(otherHashType))),
                arguments("corrupted header", 2, Registration.of(aVoucher().withHeader(header -> Wire.flip(header, 5)))),
                arguments("corrupted HMAC", 2, Registration.of(aVoucher().withHmac(flipLast))),
                arguments("broken chain", 2, Registration.of(aVoucher().withChain(chain -> {
                    Collections.reverse(chain);
                    return chain;
                }))),
                arguments("expired certificate", 2, Registration.of(aVoucher().withCertificatesUntil(Instant.now().minus(Duration.ofDays(1))))),
                arguments("entry with bad previous hash", 2, Registration.of(aVoucher().withPreviousHash(flipLast))),
                arguments("entry with bad header info hash", 2, Registration.of(aVoucher().withHeaderInfoHash(flipLast))),
                arguments("entry hash under the other type", 100, Registration.of(aVoucher().withPreviousHash(otherHashType))),
                arguments("entry with bad signature", 2, Registration.of(aVoucher().withEntrySignedBy(VoucherFixture.key("secp256r1")))),
                arguments("entry with bad key", 100, Registration.of(aVoucher().withEntryKey(key -> Wire.flip(key, 20)))),
                arguments("no entry", 2, Registration.of(aVoucher().withoutEntry())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRegistrations")
    void refusesRegistration(String what, int code, Registration bad) {
        Wire.Reply hello = Wire.post(service.url(), 20, Optional.empty(), Bytes.fromHex("80")).isMessage(21);
        Bytes nonce = CborItem.decode(hello.body()).array(1).get(0).byteString(16);

        Wire.post(service.url(), 22, hello.token(), bad.ownerSign(nonce)).isRefusal(22, code);

        assertUnknown(bad.voucher);
        Registration good = Registration.of(aVoucher());
        Wire.Reply accepted = Wire.post(service.url(), 22, hello.token(), good.ownerSign(nonce)).isMessage(23);
        assertThat(accepted.body()).as("30 days granted").isEqualTo(Bytes.fromHex("811a00278d00"));
        assertRedirects(good);
    }

    @Test
    void refusesHelloThatIsNoArray() {
        Wire.post(service.url(), 20, Optional.empty(), Bytes.fromHex("00")).isRefusal(20, 100);
    }

    /** A later owner replaces the earlier one's registration, never the reverse. */
    @Test
    void keepsTheLaterOwner() {
        VoucherFixture voucher = aVoucher();
        Registration first = Registration.of(voucher);
        register(first).isMessage(23);
        KeyPair buyer = VoucherFixture.key("secp256r1");
        Registration second = Registration.of(voucher).signedBy(buyer);
        second.voucherBytes = extended(voucher, first.voucherBytes, buyer);
        register(second).isMessage(23);

        register(first).isRefusal(22, 3);
        register(second).isMessage(23);
    }

    private static Bytes extended(VoucherFixture fixture, Bytes voucher, KeyPair buyer) {
        List<CborItem> parts = CborItem.decode(voucher).array(5);
        CborItem entry = parts.get(4).array(1).get(0);
        CborItem payload = CborItem.decode(CoseSign1.decode(entry).unverifiedPayload());
        Bytes next = new CborWriter()
                .array(4)
                .raw(HashType.SHA256.hash(entry.bytes()).encode())
                .raw(payload.array().get(1).bytes())
                .nul()
                .raw(PublicKey.of(buyer.getPublic()).encoded())
                .toBytes();
        CborWriter extended = new CborWriter().array(5);
        parts.subList(0, 4).forEach(part -> extended.raw(part.bytes()));
        return extended.array(2).raw(entry.bytes()).raw(CoseSign1.sign(fixture.owner.getPrivate(), next).encoded()).toBytes();
    }

    private static Wire.Reply register(Registration registration) {
        Wire.Reply hello = Wire.post(service.url(), 20, Optional.empty(), Bytes.fromHex("80")).isMessage(21);
        Bytes nonce = CborItem.decode(hello.body()).array(1).get(0).byteString(16);
        return Wire.post(service.url(), 22, hello.token(), registration.ownerSign(nonce));
    }

    private static Bytes helloRv(VoucherFixture voucher, String sigInfo) {
        return new CborWriter().array(2).byteString(voucher.guid().value()).raw(Bytes.fromHex(sigInfo)).toBytes();
    }

    private static Wire.Reply hello(VoucherFixture voucher) {
        return Wire.post(service.url(), 30, Optional.empty(), helloRv(voucher, "822640"));
    }

    private static void assertUnknown(VoucherFixture voucher) {
        hello(voucher).isRefusal(30, 6);
    }

    private static Bytes claims(Bytes nonce, VoucherFixture voucher) {
        return new CborWriter()
                .map(2)
                .integer(10)
                .byteString(nonce)
                .integer(256)
                .byteString(Bytes.concat(Bytes.of((byte) 1), voucher.guid().value()))
                .toBytes();
    }

    private static void assertRedirects(Registration registered) {
        Wire.Reply ack = hello(registered.voucher).isMessage(31);
        Bytes nonce = CborItem.decode(ack.body()).array(2).get(0).byteString(16);
        Bytes token = CoseSign1.sign(registered.voucher.device.getPrivate(), claims(nonce, registered.voucher)).encoded();
        Wire.Reply redirect = Wire.post(service.url(), 32, ack.token(), token).isMessage(33);
        assertThat(CoseSign1.decode(CborItem.decode(redirect.body())).verify(registered.voucher.owner.getPublic()).toHex()).startsWith("82" + ADDRESSES);
    }

    @Test
    void refusesBadQuestionsOfDevices() {
        Registration registered = Registration.of(aVoucher());
        register(registered).isMessage(23);
        Wire.post(service.url(), 30, Optional.empty(), Wire.badEncoding(helloRv(registered.voucher, "822640"))).isRefusal(30, 100);
        Wire.post(service.url(), 30, Optional.empty(), helloRv(registered.voucher, "820040")).isRefusal(30, 101);
        Wire.post(service.url(), 30, Optional.empty(), helloRv(registered.voucher, "82390fff40")).isRefusal(30, 101);
        assertUnknown(aVoucher());
        Bytes helloDevice = new CborWriter().array(6).integer(0).byteString(registered.voucher.guid().value()).byteString(Bytes.owning(new byte[16]))
                .text("ECDH256").integer(1).raw(Bytes.fromHex("822640")).toBytes();
        Wire.post(service.url(), 60, Optional.empty(), helloDevice).isRefusal(60, 6);
        assertRedirects(registered);
    }

    @Test
    void refusesBadProofsOfDevices() {
        Registration registered = Registration.of(aVoucher());
        register(registered).isMessage(23);
        Wire.Reply ack = hello(registered.voucher).isMessage(31);
        Bytes nonce = CborItem.decode(ack.body()).array(2).get(0).byteString(16);
        Bytes good = CoseSign1.sign(registered.voucher.device.getPrivate(), claims(nonce, registered.voucher)).encoded();
        Bytes badPayload = CoseSign1.sign(registered.voucher.device.getPrivate(), Wire.badEncoding(claims(nonce, registered.voucher))).encoded();
        Bytes foreign = CoseSign1.sign(VoucherFixture.key("secp256r1").getPrivate(), claims(nonce, registered.voucher)).encoded();
        Bytes wrongNonce = CoseSign1.sign(registered.voucher.device.getPrivate(), claims(Wire.flip(nonce, 3), registered.voucher)).encoded();
        Bytes otherGuid = CoseSign1.sign(registered.voucher.device.getPrivate(), claims(nonce, aVoucher())).encoded();

        Wire.post(service.url(), 32, ack.token(), Wire.badEncoding(good)).isRefusal(32, 100);
        Wire.post(service.url(), 32, ack.token(), badPayload).isRefusal(32, 100);
        Wire.post(service.url(), 32, ack.token(), Wire.flip(good, good.length() - 1)).isRefusal(32, 101);
        for (Bytes bad : Arrays.asList(foreign, wrongNonce, otherGuid)) {
            Wire.post(service.url(), 32, ack.token(), bad).isRefusal(32, 101);
        }
        Wire.post(service.url(), 32, ack.token(), good).isMessage(33);
    }
}

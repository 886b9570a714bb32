package dev.slipway.it;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static dev.slipway.fdo.VoucherFixture.anRsaVoucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseAlgorithm;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the profile of a tolerant server that are about vouchers: each is registered at the rendezvous service. */
class VoucherToleranceIT {

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(folder.resolve("data"), "-Dslipway.roles=rendezvous");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void accepts(Bytes voucher, KeyPair owner, CoseAlgorithm algorithm) {
        register(service, voucher, owner, algorithm).isMessage(23);
    }

    /** TO0 with this voucher, in order in everything else. */
    static Wire.Reply register(RunningService service, Bytes voucher, KeyPair owner, CoseAlgorithm algorithm) {
        Wire.Reply ack = Wire.post(service.url(), 20, Optional.empty(), Bytes.fromHex("80")).isMessage(21);
        Bytes nonce = CborItem.decode(ack.body()).array(1).get(0).byteString(16);
        Bytes to0d = new CborWriter().array(3).raw(voucher).integer(3600).byteString(nonce).toBytes();
        Bytes payload = new CborWriter()
                .array(2)
                .raw(Bytes.fromHex("8184f6696c6f63616c686f7374191f9003"))
                .raw(HashType.SHA256.hash(to0d).encode())
                .toBytes();
        Bytes to1d = CoseSign1.sign(owner.getPrivate(), algorithm, payload).encoded();
        return Wire.post(service.url(), 22, ack.token(), new CborWriter().array(2).byteString(to0d).raw(to1d).toBytes());
    }

    private static void accepts(VoucherFixture voucher) {
        accepts(voucher.encoded(), voucher.owner, CoseAlgorithm.of(voucher.owner.getPublic()).orElseThrow());
    }

    /** RVInstr: flags of one or two elements, IPv4 in 4 or 16 octets. */
    @ParameterizedTest
    @ValueSource(strings = {
        "8183" + "8205456161616161" + "820343191f90" + "810e",
        "8183" + "8205456161616161" + "820343191f90" + "820e41f6",
        "8183" + "8205456161616161" + "820343191f90" + "820e41f5",
        "8182" + "8202" + "45447f000001" + "820343191f90",
        "8182" + "8202" + "515000000000000000000000ffff7f000001" + "820343191f90"
    })
    void rvInstrOfEveryForm(String rvInfo) {
        accepts(aVoucher().withRvInfo(rvInfo.replace("8205456161616161", "8205" + "45" + "6461616161")));
    }

    private static Bytes publicKey(int type, int encoding, Bytes body) {
        return new CborWriter().array(3).integer(type).integer(encoding).raw(body).toBytes();
    }

    private static Bytes certificates(VoucherFixture voucher) {
        Bytes certificate = SelfSignedCertificate.of(voucher.owner);
        return new CborWriter().array(1).byteString(certificate).toBytes();
    }

    @Test
    void publicKeyAsX509() {
        accepts(aVoucher());
    }

    @Test
    void publicKeyAsX5Chain() {
        VoucherFixture bare = aVoucher();
        accepts(bare.withEntryKey(key -> publicKey(10, 2, certificates(bare))));
        VoucherFixture wrapped = aVoucher();
        accepts(wrapped.withEntryKey(key -> publicKey(10, 2, new CborWriter().byteString(certificates(wrapped)).toBytes())));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void publicKeyAsCoseKeyWithAndWithoutKty(boolean kty) {
        VoucherFixture voucher = aVoucher();
        ECPublicKey owner = (ECPublicKey) voucher.owner.getPublic();
        CborWriter coseKey = new CborWriter().map(kty ? 4 : 3);
        if (kty) {
            coseKey.integer(1).integer(2);
        }
        coseKey.integer(-1).integer(1);
        // Java's numbers: with a sign octet, or without leading zeros.
        coseKey.integer(-2).byteString(Bytes.owning(owner.getW().getAffineX().toByteArray()));
        coseKey.integer(-3).byteString(Bytes.owning(owner.getW().getAffineY().toByteArray()));
        accepts(voucher.withEntryKey(key -> publicKey(10, 3, coseKey.toBytes())));
    }

    @Test
    void publicKeyAsModulusAndExponent() {
        VoucherFixture voucher = anRsaVoucher(2048);
        RSAPublicKey owner = (RSAPublicKey) voucher.owner.getPublic();
        Bytes numbers = new CborWriter()
                .array(2)
                .byteString(Bytes.owning(owner.getModulus().toByteArray()))
                .byteString(Bytes.fromHex("010001"))
                .toBytes();
        accepts(voucher.withEntryKey(key -> publicKey(1, 0, numbers)));
    }

    /** OVEExtra: null, a byte string, a map. */
    @ParameterizedTest
    @ValueSource(strings = {"f6", "41a0", "a0", "a1014100", "40"})
    void oveExtraOfEveryForm(String extra) {
        accepts(aVoucher().withExtra(extra));
    }

    /** RSA: RS384 from a 2048-bit owner and manufacturer, where the voucher's hashes are SHA-384. */
    @Test
    void rsaWithTheHashOfTheVoucher() {
        VoucherFixture fixture = anRsaVoucher(2048).withHmacSha384();
        SigningKey manufacturer = new SigningKey(fixture.manufacturer.getPrivate(), PublicKey.of(fixture.manufacturer.getPublic()));
        Bytes extended = VoucherExtender.extend(VerifiedVoucher.fromStorage(fixture.decoded()), manufacturer, PublicKey.of(fixture.owner.getPublic()))
                .voucher()
                .encoded();
        accepts(extended, fixture.owner, CoseAlgorithm.RS384);
    }
}

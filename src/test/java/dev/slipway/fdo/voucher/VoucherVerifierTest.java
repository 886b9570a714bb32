package dev.slipway.fdo.voucher;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.PublicKey;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing wrong with a voucher at a time. */
class VoucherVerifierTest {

    private static Bytes flip(Bytes octets, int index) {
        byte[] changed = octets.toArray();
        changed[index] ^= 1;
        return Bytes.owning(changed);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("voucher.version", aVoucher().withVersion(100)),
                arguments("voucher.version", aVoucher().withVersion(102)),
                arguments("voucher.header-version", aVoucher().withHeaderVersion(100)),
                arguments("voucher.device-info", aVoucher().withDeviceInfo("")),
                arguments("voucher.chain-hash", aVoucher().withChainHash(hash -> flip(hash, 10))),
                arguments("voucher.device-chain", aVoucher().withChain(chain -> {
                    Collections.reverse(chain);
                    return chain;
                })),
                arguments("voucher.device-chain-dates", aVoucher().withCertificatesUntil(Instant.now().minus(Duration.ofHours(1)))),
                arguments("voucher.previous-hash", aVoucher().withHeader(header -> flip(header, 5))),
                arguments("voucher.previous-hash", aVoucher().withHmac(hmac -> flip(hmac, 20))),
                arguments("voucher.previous-hash", aVoucher().withPreviousHash(hash -> flip(hash, 20))),
                arguments("voucher.header-info-hash", aVoucher().withHeaderInfoHash(hash -> flip(hash, 20))),
                arguments("voucher.signature", aVoucher().withEntrySignedBy(VoucherFixture.key("secp256r1"))),
                arguments("voucher.signature", aVoucher().withEntrySignedBy(VoucherFixture.key("secp384r1"))),
                arguments("voucher.key-type", aVoucher().withEntryKey(key -> PublicKey.of(VoucherFixture.key("secp384r1").getPublic()).encoded())));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("wrong")
    void rejectsWithTheNameOfTheCheck(String check, VoucherFixture fixture) {
        OwnershipVoucher voucher = fixture.decoded();
        assertThatThrownBy(() -> new VoucherVerifier().verify(voucher, Instant.now()))
                .isInstanceOfSatisfying(Failure.VoucherRejected.class, e -> assertThat(e.check()).isEqualTo(check));
    }

    @Test
    void acceptsTheFixtureItself() {
        assertThat(new VoucherVerifier().verify(aVoucher().decoded(), Instant.now()).voucher().entries()).hasSize(1);
    }

    @Test
    void refusesGuidOfZeros() {
        OwnershipVoucher voucher = aVoucher().withGuidOctets(new byte[16]).decoded();
        assertThatThrownBy(() -> new VoucherVerifier().verify(voucher, Instant.now()))
                .isInstanceOfSatisfying(Failure.Malformed.class, e -> assertThat(e.part()).isEqualTo(Failure.Malformed.Part.GUID));
    }

    @Test
    void extendsByItsOwnerOnly() {
        VoucherFixture fixture = aVoucher();
        VerifiedVoucher voucher = new VoucherVerifier().verify(fixture.decoded(), Instant.now());
        KeyPair next = VoucherFixture.key("secp256r1");
        VerifiedVoucher extended = VoucherExtender.extend(voucher, signing(fixture.owner), PublicKey.of(next.getPublic()));
        assertThat(extended.voucher().entries()).hasSize(2);
        assertThat(extended.voucher().entries().get(0).encoded()).isEqualTo(voucher.voucher().entries().get(0).encoded());
        assertThat(extended.ownerKey().key()).isEqualTo(next.getPublic());
        new VoucherVerifier().verify(OwnershipVoucher.decode(extended.voucher().encoded()), Instant.now());

        assertThatThrownBy(() -> VoucherExtender.extend(voucher, signing(fixture.manufacturer), PublicKey.of(next.getPublic())))
                .isInstanceOf(Failure.Conflict.class);
        PublicKey otherType = PublicKey.of(VoucherFixture.key("secp384r1").getPublic());
        assertThatThrownBy(() -> VoucherExtender.extend(voucher, signing(fixture.owner), otherType)).isInstanceOf(Failure.Conflict.class);
    }

    @Test
    void extendsUpTo255Entries() {
        VoucherFixture fixture = aVoucher();
        VerifiedVoucher voucher = new VoucherVerifier().verify(fixture.decoded(), Instant.now());
        while (voucher.voucher().entries().size() < 255) {
            voucher = VoucherExtender.extend(voucher, signing(fixture.owner), voucher.ownerKey());
        }
        VerifiedVoucher full = voucher;
        new VoucherVerifier().verify(OwnershipVoucher.decode(full.voucher().encoded()), Instant.now());
        assertThatThrownBy(() -> VoucherExtender.extend(full, signing(fixture.owner), full.ownerKey())).isInstanceOf(Failure.Conflict.class);
    }

    private static SigningKey signing(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), PublicKey.of(pair.getPublic()));
    }
}

package dev.slipway.fdo.voucher;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static dev.slipway.fdo.VoucherFixture.anRsaVoucher;
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
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThatThrownBy(() -> new VoucherVerifier(true).verify(voucher, Instant.now()))
                .isInstanceOfSatisfying(Failure.VoucherRejected.class, e -> assertThat(e.check()).isEqualTo(check));
    }

    /** In a protocol; in a report every check has its line, so all are made. */
    @Test
    void looksAtNothingAfterTheFirstFailure() {
        assertThat(entriesLookedAt(aVoucher(), true)).containsExactly(0, 1, 2, 3);
        assertThat(entriesLookedAt(aVoucher().withHeaderInfoHash(hash -> flip(hash, 20)), true)).containsExactly(0);
        assertThat(entriesLookedAt(aVoucher().withHeaderInfoHash(hash -> flip(hash, 20)), false)).containsExactly(0, 1, 2, 3);
        assertThat(entriesLookedAt(aVoucher().withChainHash(hash -> flip(hash, 10)), true)).isEmpty();
        assertThat(entriesLookedAt(aVoucher().withChainHash(hash -> flip(hash, 10)), false)).containsExactly(0, 1, 2, 3);
    }

    /** Of a voucher with four: the positions of those that were asked for. */
    private static Set<Integer> entriesLookedAt(VoucherFixture fixture, boolean verify) {
        VerifiedVoucher voucher = VerifiedVoucher.fromStorage(fixture.decoded());
        for (int i = 0; i < 3; i++) {
            voucher = VoucherExtender.extend(voucher, signing(fixture.owner), voucher.ownerKey());
        }
        OwnershipVoucher whole = voucher.voucher();
        List<Integer> asked = new ArrayList<>();
        List<OvEntry> entries = new AbstractList<>() {
            @Override
            public OvEntry get(int index) {
                asked.add(index);
                return whole.entries().get(index);
            }

            @Override
            public int size() {
                return whole.entries().size();
            }
        };
        OwnershipVoucher watched =
                new OwnershipVoucher(whole.version(), whole.header(), whole.hmac(), whole.deviceChain(), entries, whole.encoded());
        try {
            if (verify) {
                new VoucherVerifier(true).verify(watched, Instant.now());
            } else {
                new VoucherVerifier(true).examine(watched, Instant.now());
            }
        } catch (Failure.VoucherRejected e) {
            assertThat(verify).isTrue();
        }
        return new TreeSet<>(asked);
    }

    @Test
    void acceptsTheFixtureItself() {
        assertThat(new VoucherVerifier(true).verify(aVoucher().decoded(), Instant.now()).voucher().entries()).hasSize(1);
    }

    @Test
    void refusesGuidOfZeros() {
        OwnershipVoucher voucher = aVoucher().withGuidOctets(new byte[16]).decoded();
        assertThatThrownBy(() -> new VoucherVerifier(true).verify(voucher, Instant.now()))
                .isInstanceOfSatisfying(Failure.Malformed.class, e -> assertThat(e.part()).isEqualTo(Failure.Malformed.Part.GUID));
    }

    @Test
    void extendsByItsOwnerOnly() {
        VoucherFixture fixture = aVoucher();
        VerifiedVoucher voucher = new VoucherVerifier(true).verify(fixture.decoded(), Instant.now());
        KeyPair next = VoucherFixture.key("secp256r1");
        VerifiedVoucher extended = VoucherExtender.extend(voucher, signing(fixture.owner), PublicKey.of(next.getPublic()));
        assertThat(extended.voucher().entries()).hasSize(2);
        assertThat(extended.voucher().entries().get(0).encoded()).isEqualTo(voucher.voucher().entries().get(0).encoded());
        assertThat(extended.ownerKey().key()).isEqualTo(next.getPublic());
        new VoucherVerifier(true).verify(OwnershipVoucher.decode(extended.voucher().encoded()), Instant.now());

        assertThatThrownBy(() -> VoucherExtender.extend(voucher, signing(fixture.manufacturer), PublicKey.of(next.getPublic())))
                .isInstanceOf(Failure.Conflict.class);
        PublicKey otherType = PublicKey.of(VoucherFixture.key("secp384r1").getPublic());
        assertThatThrownBy(() -> VoucherExtender.extend(voucher, signing(fixture.owner), otherType)).isInstanceOf(Failure.Conflict.class);
    }

    /** Devices lie on shelves for years; an operator may say that this is no reason. */
    @Test
    void takesNoteOfDatesIfToldTo() {
        OwnershipVoucher expired = aVoucher().withCertificatesUntil(Instant.now().minus(Duration.ofHours(1))).decoded();
        VoucherReport report = new VoucherVerifier(false).examine(expired, Instant.now());
        assertThat(report.passed()).isTrue();
        assertThat(report.checks()).filteredOn(check -> check.result() == VoucherCheck.Result.NOTED).singleElement().satisfies(check -> {
            assertThat(check.name()).isEqualTo("voucher.device-chain-dates");
            assertThat(check.found()).startsWith("certificate 0 expired at ");
        });
    }

    @ParameterizedTest
    @CsvSource({"2048, 1", "3072, 5"})
    void acceptsRsaKeys(int bits, int pkType) {
        VoucherFixture fixture = anRsaVoucher(bits);
        VerifiedVoucher voucher = new VoucherVerifier(true).verify(fixture.decoded(), Instant.now());
        assertThat(voucher.ownerKey().type().id()).isEqualTo(pkType);
        fixture.withEntrySignedBy(fixture.owner);
        assertThat(new VoucherVerifier(true).examine(fixture.decoded(), Instant.now()).checks())
                .filteredOn(VoucherCheck::isFailed)
                .singleElement()
                .satisfies(check -> assertThat(check.name()).isEqualTo("voucher.signature"));
    }

    /** Whatever the size of its key, an RSA owner signs with the hash that the voucher has. */
    @ParameterizedTest
    @CsvSource({"2048, false, 45a101390100", "2048, true, 45a101390101", "3072, false, 45a101390100", "3072, true, 45a101390101"})
    void extendsWithTheHashOfTheVoucher(int bits, boolean sha384, String protectedHeader) {
        VoucherFixture fixture = sha384 ? anRsaVoucher(bits).withHmacSha384() : anRsaVoucher(bits).withoutEntry();
        VerifiedVoucher voucher = new VoucherVerifier(true).verify(fixture.decoded(), Instant.now());
        VerifiedVoucher extended = VoucherExtender.extend(voucher, signing(fixture.manufacturer), PublicKey.of(fixture.owner.getPublic()));
        assertThat(extended.voucher().entries().get(0).encoded().toHex()).startsWith("d284" + protectedHeader);
        new VoucherVerifier(true).verify(OwnershipVoucher.decode(extended.voucher().encoded()), Instant.now());
    }

    @Test
    void extendsUpTo255Entries() {
        VoucherFixture fixture = aVoucher();
        VerifiedVoucher voucher = new VoucherVerifier(true).verify(fixture.decoded(), Instant.now());
        while (voucher.voucher().entries().size() < 255) {
            voucher = VoucherExtender.extend(voucher, signing(fixture.owner), voucher.ownerKey());
        }
        VerifiedVoucher full = voucher;
        new VoucherVerifier(true).verify(OwnershipVoucher.decode(full.voucher().encoded()), Instant.now());
        assertThatThrownBy(() -> VoucherExtender.extend(full, signing(fixture.owner), full.ownerKey())).isInstanceOf(Failure.Conflict.class);
    }

    private static SigningKey signing(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), PublicKey.of(pair.getPublic()));
    }
}

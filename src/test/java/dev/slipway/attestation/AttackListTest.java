package dev.slipway.attestation;

import static dev.slipway.tpm.AttestFixture.NONCE;
import static dev.slipway.tpm.AttestFixture.VALUES;
import static dev.slipway.tpm.AttestFixture.aCertificationOf;
import static dev.slipway.tpm.AttestFixture.aQuote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.AttestFixture;
import dev.slipway.tpm.ClockInfo;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.SoftKey;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmtPublic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The attacks and mistakes that are known, by the number that they have in the list; the vectors have more of some of them. Each begins with
 * evidence that is sound ({@link #acceptsTheFixtures}), and changes one thing. The AK is a program's, taken as enrolled to get that far.
 */
class AttackListTest {

    private static final SoftKey AK = SoftKey.ecc();
    private static final PcrSelection ASKED = PcrSelection.parse("sha256:0,7");

    private static VerifiedQuote verify(AttestFixture quote, SoftKey ak) {
        return verify(quote, ak, VALUES, NONCE, Optional.empty());
    }

    private static VerifiedQuote verify(AttestFixture quote, SoftKey ak, Bytes values, Bytes nonce, Optional<ClockInfo> lastClock) {
        Bytes attest = quote.bytes();
        EnrolledAk enrolled = new EnrolledAk(ak.publicArea(), lastClock);
        return new QuoteVerifier(name -> Optional.of(enrolled))
                .verify(SignedAttest.decode(attest, ak.sign(attest)), values, new QuoteChallenge(ak.publicArea().name(), nonce, ASKED));
    }

    private static DeviceKey certify(AttestFixture certification, TpmtPublic object) {
        Bytes attest = certification.bytes();
        return CertifyVerifier.verify(SignedAttest.decode(attest, AK.sign(attest)), AttestationKey.of(AK.publicArea()), object);
    }

    private static void assertRefused(Reason reason, Runnable attack) {
        assertThatThrownBy(attack::run)
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(reason.name()));
    }

    @Test
    void acceptsTheFixtures() {
        VerifiedQuote quote = verify(aQuote(), AK);
        assertThat(quote.ak()).isEqualTo(AK.publicArea().name());
        assertThat(quote.values().values()).containsOnlyKeys(new Pcr(TpmHash.TPM_ALG_SHA256, 0), new Pcr(TpmHash.TPM_ALG_SHA256, 7));
        assertThat(quote.values().values().get(new Pcr(TpmHash.TPM_ALG_SHA256, 7))).hasToString("22".repeat(32));
        assertThat(quote.clockInfo()).isEqualTo(new ClockInfo(1000, 5, 1, true));
        TpmtPublic device = SoftKey.rsa().withAttributes(SoftKey.DEVICE_KEY).publicArea();
        assertThat(certify(aCertificationOf(device.name()), device).name()).isEqualTo(device.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "ff544346", "ff544348", "474354ff", "ffffffff"})
    void attack1SignedOctetsThatTheTpmDidNotMake(String magic) {
        assertRefused(Reason.MAGIC, () -> verify(aQuote().withMagic(magic), AK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8014", "8016", "8017", "8019", "801a", "801b", "0000"})
    void attack2AttestationOfAnotherTypeAsQuote(String type) {
        assertRefused(Reason.TYPE, () -> verify(aQuote().withType(type), AK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8014", "8016", "8018", "8019", "801a", "801b", "0000"})
    void attack2AttestationOfAnotherTypeAsCertification(String type) {
        TpmtPublic device = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).publicArea();
        assertRefused(Reason.TYPE, () -> certify(aCertificationOf(device.name()).withType(type), device));
    }

    @Test
    void attack3UnrestrictedKeyAsAk() {
        SoftKey unrestricted = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
        assertRefused(Reason.AK_NOT_RESTRICTED, () -> AttestationKey.of(unrestricted.publicArea()));
        assertRefused(Reason.AK_NOT_RESTRICTED, () -> verify(aQuote(), unrestricted));
    }

    /** Attributes can be claimed by anybody; that the AK was activated is what a program cannot have. */
    @Test
    void attack4AkThatWasNeverBoundToAnEk() {
        Bytes attest = aQuote().bytes();
        SignedAttest signed = SignedAttest.decode(attest, AK.sign(attest));
        QuoteChallenge challenge = new QuoteChallenge(AttestationKey.of(AK.publicArea()).name(), NONCE, ASKED);
        assertRefused(Reason.AK_UNKNOWN, () -> new QuoteVerifier(name -> Optional.empty()).verify(signed, VALUES, challenge));
    }

    /** Certificates are public, so one is shown by whoever likes; the secret that the EK's owner alone can read is what he has to show. */
    @Test
    void attack5EkCertificateOfSomebodyElse() {
        EkFixture victim = EkFixture.anEccEk();
        VerifiedEk ek = new EkCertificateVerifier(victim.trust(), EkFixture.STRICT)
                .verify(victim.certificate(), List.of(), victim.publicArea(), EkFixture.NOW);
        CredentialBlob challenge = new MakeCredential(octets -> Bytes.owning(new byte[octets]))
                .make(ek.key(), AK.publicArea().name(), SecretBytes.owning(new byte[32]));
        assertThat(SoftTpm.activate(SoftKey.ecc().pair, AK.publicArea().name(), challenge)).isEmpty();
        assertThat(SoftTpm.activate(victim.pair(), AK.publicArea().name(), challenge)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 31, 33})
    void attack6NonceThatIsAPrefixOrEmptyOrLonger(int octets) {
        Bytes other = Bytes.concat(NONCE, NONCE).slice(0, octets);
        assertRefused(octets < 16 ? Reason.NONCE_TOO_SHORT : Reason.NONCE, () -> verify(aQuote().withNonce(other), AK));
    }

    @Test
    void attack6NonceThatIsShortOnBothSides() {
        Bytes eight = NONCE.slice(0, 8);
        assertRefused(Reason.NONCE_TOO_SHORT, () -> verify(aQuote().withNonce(eight), AK, VALUES, eight, Optional.empty()));
        assertRefused(Reason.NONCE_TOO_SHORT, () -> verify(aQuote().withNonce(Bytes.EMPTY), AK, VALUES, Bytes.EMPTY, Optional.empty()));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "00000001000b03800000, fewer", "00000001000b03810100, more", "00000001000b03000081, resettable ones", "00000001000403810000, of SHA-1",
        "00000001000c03810000, of another bank", "00000000, none", "00000002000b03810000000403810000, another bank as well"
    })
    void attack7RegistersThatWereNotAskedFor(String selection, String what) {
        assertRefused(Reason.PCR_SELECTION, () -> verify(aQuote().withPcrs(selection, VALUES), AK));
    }

    /** A fourth octet of bitmap that is empty selects nothing more. */
    @Test
    void attack7DoesNotMeanTheWidthOfTheBitmap() {
        assertThat(verify(aQuote().withPcrs("00000001000b0481000000", VALUES), AK).values().values()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 63, 65, 96})
    void attack8ValuesOutsideOfTheSelection(int octets) {
        Bytes values = Bytes.concat(VALUES, VALUES).slice(0, octets);
        assertRefused(Reason.PCR_DIGEST, () -> verify(aQuote(), AK, values, NONCE, Optional.empty()));
        // Even where the digest is over them.
        assertRefused(Reason.PCR_DIGEST, () -> verify(aQuote().withPcrs("00000001000b03810000", values), AK, values, NONCE, Optional.empty()));
    }

    @Test
    void attack8ValuesInAnotherOrder() {
        Bytes swapped = Bytes.concat(VALUES.slice(32, 64), VALUES.slice(0, 32));
        assertRefused(Reason.PCR_DIGEST, () -> verify(aQuote(), AK, swapped, NONCE, Optional.empty()));
    }

    /** What is verified are the octets that came, not what a parser made of them. */
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "00000002000b03010000000b03800000, a bank twice", "7fffffff000b03810000, two billion banks", "00000001000bff810000, a bitmap of 255 octets",
        "00000001000b03000000, an empty bank"
    })
    void attack9StructuresThatParsersReadDifferently(String selection, String what) {
        assertThatThrownBy(() -> verify(aQuote().withPcrs(selection, VALUES), AK)).as(what).isInstanceOf(Malformed.class);
    }

    @Test
    void attack9AttestationLongerThanAny() {
        Bytes signature = AK.sign(Bytes.EMPTY);
        SignedAttest most = SignedAttest.decode(Bytes.owning(new byte[1024]), signature);
        assertRefused(Reason.SIGNATURE, () -> most.quote(AttestationKey.of(AK.publicArea())));
        Bytes longer = Bytes.owning(new byte[1025]);
        assertThatThrownBy(() -> SignedAttest.decode(longer, signature)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({"000c, 48", "000d, 64"})
    void attack10NameByAnotherHash(String nameAlg, int octets) {
        TpmtPublic device = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).publicArea();
        TpmHash other = TpmHash.ofId(Integer.parseInt(nameAlg, 16));
        String wrongName = "%04x%s%s".formatted(2 + octets, nameAlg, other.digest(device.bytes()));
        String qualifiedName = "0022000b" + "44".repeat(32);
        assertRefused(Reason.NAME_MISMATCH, () -> certify(aCertificationOf(device.name()).withAttested(wrongName + qualifiedName), device));
    }

    @Test
    void attack10SameKeyInAnotherPublicArea() {
        SoftKey key = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
        TpmtPublic certified = key.publicArea();
        assertRefused(Reason.NAME_MISMATCH, () -> certify(aCertificationOf(certified.name()), key.withAttributes(0x00040032).publicArea()));
        TpmtPublic otherKey = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).publicArea();
        assertRefused(Reason.NAME_MISMATCH, () -> certify(aCertificationOf(certified.name()), otherKey));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "00040070, duplicable", "00040062, with a parent that can change", "00040052, imported or derived", "00040872, with encrypted duplication",
        "00040040, loaded from outside"
    })
    void attack11KeyThatExistsElsewhere(String attributes, String what) {
        TpmtPublic device = SoftKey.ecc().withAttributes(Long.parseLong(attributes, 16)).publicArea();
        assertRefused(Reason.KEY_NOT_TPM_RESIDENT, () -> certify(aCertificationOf(device.name()), device));
        SoftKey ak = SoftKey.ecc().withAttributes(Long.parseLong(attributes, 16) | 0x00010000);
        assertRefused(Reason.AK_NOT_TPM_RESIDENT, () -> verify(aQuote(), ak));
    }

    @ParameterizedTest
    @CsvSource({"00020072, KEY_NOT_SIGNING", "00060072, KEY_NOT_SIGNING", "00000072, KEY_NOT_SIGNING", "00050072, OBJECT_IS_RESTRICTED"})
    void attack11KeyThatIsNoDeviceKey(String attributes, Reason reason) {
        TpmtPublic device = SoftKey.ecc().withAttributes(Long.parseLong(attributes, 16)).publicArea();
        assertRefused(reason, () -> certify(aCertificationOf(device.name()), device));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00030072", "00070072", "00010072"})
    void attack11AkThatDecryptsOrDoesNotSign(String attributes) {
        assertRefused(Reason.AK_NOT_SIGNING, () -> AttestationKey.of(SoftKey.ecc().withAttributes(Long.parseLong(attributes, 16)).publicArea()));
    }

    /** The digests lead to what was quoted, and SecureBoot says the opposite of what was measured. */
    @Test
    void attack12EventDataThatIsNotWhatWasHashed() {
        PcrValues quoted = TpmVectors.pcrs("eventlog/pcrs-firmware-only.json", "sha256:7");
        MeasurementLog lie = MeasurementLog.of(EventLog.decode(TpmVectors.bytes("eventlog/neg-data-not-matching-digest.bin")), List.of());
        assertThat(lie.value(new Pcr(TpmHash.TPM_ALG_SHA256, 7))).contains(quoted.values().get(new Pcr(TpmHash.TPM_ALG_SHA256, 7)));
        assertThat(new Appraisal(BootAppraiser.explain(quoted, lie)).rejection()).contains(Reason.EVENT_DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0004"})
    void attack13BankThatFirmwareDoesNotExtend(String lastOctets) {
        Bytes values = Bytes.fromHex("00".repeat(30) + lastOctets + "22".repeat(32));
        VerifiedQuote quote = verify(aQuote().withPcrs("00000001000b03810000", values), AK, values, NONCE, Optional.empty());
        PcrPolicy thatAllowsIt = new PcrPolicy(List.of(ReferenceImage.of("image zeros", quote.values(), Map.of())));
        assertRefused(Reason.PCR_RESET_STATE, () -> BootAppraiser.appraise(new Booted(quote.values(), Optional.empty(), List.of()), thatAllowsIt).requireAccepted());
    }

    @Test
    void attack14ReplayOfAnOldQuote() {
        Bytes next = Bytes.fromHex("10".repeat(32));
        assertRefused(Reason.NONCE, () -> verify(aQuote(), AK, VALUES, next, Optional.empty()));
    }

    @ParameterizedTest(name = "last {0} ms {1} resets, now {2} ms {3} resets safe {4}")
    @CsvSource({
        "1000, 5, 1000, 5, 1, true", "1000, 5, 1001, 5, 1, true", "1000, 5, 999, 5, 1, false", "1000, 5, 999, 5, 0, true", "1000, 5, 0, 6, 1, true",
        "1000, 5, 2000, 4, 1, false", "1000, 5, 2000, 4, 0, false", "0, 4294967295, 5, 4294967295, 1, true", "-1, 5, 1, 5, 1, false"
    })
    void attack14TpmThatGoesBackInTime(long lastClock, long lastResets, long clock, long resets, int safe, boolean accepted) {
        AttestFixture quote = aQuote().withClock(clock, resets, safe);
        Optional<ClockInfo> last = Optional.of(new ClockInfo(lastClock, lastResets, 0, true));
        if (accepted) {
            assertThat(verify(quote, AK, VALUES, NONCE, last).clockInfo().resetCount()).isEqualTo(resets);
        } else {
            assertRefused(Reason.RESET_COUNT, () -> verify(quote, AK, VALUES, NONCE, last));
        }
    }

    /** The relay has the true TPM of a good machine; that the quote is of the initramfs is what it cannot have later. */
    @Test
    void attack15QuoteAfterTheInitramfsWasLeft() {
        TpmVectors.Case relayed = TpmVectors.find("quote/after-leave-initrd");
        PcrValues initramfs = TpmVectors.pcrs("eventlog/pcrs-after-boot.json", "sha256:0,2,4,7,9,11");
        PcrValues later = PcrValues.split(PcrSelection.parse("sha256:0,2,4,7,9,11"), relayed.bytes("pcr_values")).orElseThrow();
        PcrPolicy policy = new PcrPolicy(List.of(ReferenceImage.of("image initramfs", initramfs, Map.of())));
        assertThat(policy.findings(new Booted(initramfs, Optional.empty(), List.of()))).isEmpty();
        assertThat(policy.findings(new Booted(later, Optional.empty(), List.of())))
                .singleElement()
                .satisfies(finding -> assertThat(finding.path()).isEqualTo("sha256:11"));
    }

    /** Old and new images are signed by one key, so PCR 7 is the same; PCR 4 and 11 tell them apart, and only together. */
    @Test
    void attack17SignedImageThatIsNotTheOnePublished() {
        PcrValues published = TpmVectors.pcrs("eventlog/pcrs-firmware-only.json", "sha256:4,7,11");
        PcrValues other = withPcr(withPcr(published, 4, "aa"), 11, "bb");
        PcrPolicy both = new PcrPolicy(List.of(ReferenceImage.of("image new", published, Map.of()), ReferenceImage.of("image other", other, Map.of())));
        assertThat(both.findings(new Booted(published, Optional.empty(), List.of()))).isEmpty();
        assertThat(both.findings(new Booted(other, Optional.empty(), List.of()))).isEmpty();
        assertThat(both.findings(new Booted(withPcr(published, 4, "aa"), Optional.empty(), List.of()))).as("boot loader of one, kernel of the other").isNotEmpty();
        assertThat(both.findings(new Booted(withPcr(published, 11, "bb"), Optional.empty(), List.of()))).as("kernel of one, boot loader of the other").isNotEmpty();
    }

    private static PcrValues withPcr(PcrValues values, int index, String octet) {
        Map<Pcr, Bytes> changed = new TreeMap<>(values.values());
        changed.put(new Pcr(TpmHash.TPM_ALG_SHA256, index), Bytes.fromHex(octet.repeat(32)));
        return PcrValues.of(changed);
    }

    /** More of this in {@link EkCertificateVerifierTest}. */
    @Test
    void attack18TpmWhoseKeysAreWeak() {
        EkFixture ek = EkFixture.anRsaEk();
        EkDenyList.Firmware leaking = new EkDenyList.Firmware("49465800", 0, 0x000f1a00, EkDenyList.Scope.EVERYTHING);
        EkPolicy policy = new EkPolicy(EkPolicy.Mode.NOTE, EkPolicy.Mode.NOTE, new EkDenyList(Set.of(), Set.of(), List.of(leaking)));
        EkCertificateVerifier verifier = new EkCertificateVerifier(ek.trust(), policy);
        assertRefused(Reason.EK_DENIED, () -> verifier.verify(ek.certificate(), List.of(), ek.publicArea(), EkFixture.NOW));
    }

    @Test
    void attack20EkThatFollowsAMachineThroughLogs() {
        EkFixture ek = EkFixture.anRsaEk();
        EkDenyList denied = new EkDenyList(Set.of(), Set.of(ek.publicArea().name()), List.of());
        EkCertificateVerifier verifier = new EkCertificateVerifier(ek.trust(), new EkPolicy(EkPolicy.Mode.NOTE, EkPolicy.Mode.NOTE, denied));
        assertThatThrownBy(() -> verifier.verify(ek.certificate(), List.of(), ek.publicArea(), EkFixture.NOW))
                .hasMessageContaining("its EK is on the deny list")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(ek.publicArea().name().toString().substring(4, 20)));
    }

    @Test
    void attack21Sha1AsNameOrSignature() {
        SoftKey sha1Name = SoftKey.ecc().withNameAlg("0004");
        assertRefused(Reason.WEAK_ALGORITHM, () -> AttestationKey.of(sha1Name.publicArea()));
        SoftKey sha1Scheme = SoftKey.ecc().withScheme("00180004");
        assertRefused(Reason.WEAK_ALGORITHM, () -> AttestationKey.of(sha1Scheme.publicArea()));
        TpmtPublic device = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).withNameAlg("0004").publicArea();
        assertRefused(Reason.WEAK_ALGORITHM, () -> DeviceKey.of(device));
    }

    @Test
    void attack21Sha1AsBank() {
        PcrValues sha1 = PcrValues.of(Map.of(new Pcr(TpmHash.TPM_ALG_SHA1, 7), Bytes.fromHex("11".repeat(20))));
        assertThatThrownBy(() -> ReferenceImage.of("image old", sha1, Map.of())).hasMessageContaining("use sha256 or better");
    }

    /** A signature that verifies, and one of each kind that does not, down to the last bit. */
    @Test
    void attack22SignatureThatIsNotChecked() {
        TpmVectors.Case vector = TpmVectors.find("quote/ecdsa256");
        AttestationKey ak = AttestationKey.of(vector.publicArea("ak_pub"));
        Bytes attest = vector.bytes("attest");
        Bytes signature = vector.bytes("signature");
        assertThat(SignedAttest.decode(attest, signature).quote(ak).header().extraData()).isEqualTo(vector.bytes("nonce"));
        for (int bit = 0; bit < 8 * attest.length(); bit++) {
            SignedAttest flipped = SignedAttest.decode(flip(attest, bit), signature);
            assertRefused(Reason.SIGNATURE, () -> flipped.quote(ak));
        }
        for (int bit = 8 * 6; bit < 8 * signature.length(); bit++) {
            Bytes flipped = flip(signature, bit);
            assertThatThrownBy(() -> SignedAttest.decode(attest, flipped).quote(ak)).isInstanceOfAny(AttestationRejected.class, Malformed.class);
        }
    }

    private static Bytes flip(Bytes octets, int bit) {
        byte[] flipped = octets.toArray();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.owning(flipped);
    }
}

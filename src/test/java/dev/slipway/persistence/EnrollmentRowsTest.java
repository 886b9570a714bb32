package dev.slipway.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.EkCertificateVerifier;
import dev.slipway.attestation.EkFixture;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.SignedAttest;
import dev.slipway.attestation.SoftTpm;
import dev.slipway.attestation.TpmIdentity;
import dev.slipway.attestation.VerifiedQuote;
import dev.slipway.attestation.enrollment.CertificateWish;
import dev.slipway.attestation.enrollment.Contradiction;
import dev.slipway.attestation.enrollment.EkStatus;
import dev.slipway.attestation.enrollment.Enroller;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.enrollment.EnrollmentChallenge;
import dev.slipway.attestation.enrollment.EnrollmentPolicy;
import dev.slipway.attestation.enrollment.EnrollmentProof;
import dev.slipway.attestation.enrollment.EnrollmentRequest;
import dev.slipway.attestation.enrollment.EnrollmentService;
import dev.slipway.attestation.enrollment.EnrollmentStore;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.attestation.firstboot.AcceptedBoot;
import dev.slipway.attestation.firstboot.BootEvidence;
import dev.slipway.attestation.firstboot.BootIdentity;
import dev.slipway.attestation.firstboot.BootStore;
import dev.slipway.attestation.firstboot.BootVerdict;
import dev.slipway.attestation.firstboot.KeptEvidence;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.di.ManufacturedDevice;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.key.ProvenKeys;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.TrustStore;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import dev.slipway.tpm.ClockInfo;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.AttestFixture;
import dev.slipway.tpm.SoftKey;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmtPublic;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Enrolments on a real database. */
@QuarkusTest
@TestProfile(DatabaseProfile.class)
class EnrollmentRowsTest {

    private static final Bytes EVIDENCE = Bytes.fromHex("a10101");
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final TpmtPublic RSA_EK = EkFixture.anRsaEk().publicArea();
    private static final TpmtPublic ECC_EK = EkFixture.anEccEk().publicArea();

    @Inject
    EnrollmentStore store;

    @Inject
    ProvenKeys proven;

    @Inject
    BootStore boots;

    @Inject
    ManufacturedDevice.Repository manufactured;

    @Inject
    TrustStore trust;

    private final Guid guid = new Guid(VoucherFixture.random(16));

    private static AuditEvent event() {
        return new AuditEvent("test.done", NOW, "station", Optional.empty(), AuditEvent.Outcome.DONE, "", Map.of());
    }

    private static TpmtPublic ak() {
        return SoftKey.ecc().publicArea();
    }

    private static TpmtPublic deviceKey() {
        return SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).publicArea();
    }

    private static Enrollment enrollment(Optional<Guid> guid, List<TpmtPublic> eks, TpmtPublic ak, TpmtPublic deviceKey) {
        return new Enrollment(guid, eks, EkStatus.EK_CERTIFIED, Optional.of(new TpmIdentity("49465800", "SLB9672", "0F")), ak, deviceKey,
                Optional.of(EVIDENCE), NOW);
    }

    private Optional<AcceptedBoot> accepted(Enrollment enrollment) {
        return boots.enrolled(new BootIdentity.OfAk(enrollment.ak().name())).flatMap(BootStore.EnrolledBoot::accepted);
    }

    private static BootEvidence evidence() {
        Bytes attest = VoucherFixture.random(100);
        return new BootEvidence(
                Bytes.EMPTY, new SignedAttest(attest, VoucherFixture.random(70), null), VoucherFixture.random(32), Optional.of(VoucherFixture.random(300)),
                Optional.empty(), Optional.empty());
    }

    private void quoted(VerifiedQuote quote) {
        boots.quoted(quote, evidence(), new BootVerdict(NOW, Optional.empty(), Optional.empty(), List.of()), event());
    }

    private Enrollment bind(TpmtPublic ek, TpmtPublic ak, TpmtPublic deviceKey) {
        Enrollment enrollment = enrollment(Optional.of(guid), List.of(ek), ak, deviceKey);
        store.bind(enrollment, event());
        return enrollment;
    }

    private Contradiction contradiction(TpmtPublic ek, Reason reason) {
        return new Contradiction(Subject.of(guid), ek.name(), deviceKey().name(), reason, NOW, false);
    }

    @Test
    void findsAnEnrolmentByWhateverItIsKnownBy() {
        Enrollment bound = bind(RSA_EK, ak(), deviceKey());
        assertThat(store.ofGuid(guid)).contains(bound);
        assertThat(store.ofKey(bound.ak().name())).contains(bound);
        assertThat(store.ofKey(bound.deviceKey().name())).contains(bound);
        assertThat(store.find(Subject.of(bound.deviceKey().name()))).contains(bound);
        assertThat(store.ofKey(ak().name())).isEmpty();
        assertThat(proven.evidence(bound.deviceKey().key().publicKey())).contains(EVIDENCE);
        assertThat(proven.evidence(deviceKey().key().publicKey())).isEmpty();
        assertThat(store.ofGuid(new Guid(VoucherFixture.random(16)))).isEmpty();
        assertThat(store.voucherKey(guid)).as("there is no voucher").isEmpty();
    }

    @Test
    void keepsAnEnrolmentWithoutAGuidOrAVendor() {
        Enrollment bare = new Enrollment(Optional.empty(), List.of(ECC_EK), EkStatus.EK_PINNED, Optional.empty(), ak(), deviceKey(), Optional.empty(), NOW);
        store.bind(bare, event());
        assertThat(store.ofKey(bare.deviceKey().name())).contains(bare);
        Enrollment withGuid = enrollment(Optional.of(guid), List.of(ECC_EK), bare.ak(), bare.deviceKey());
        store.bind(withGuid, event());
        assertThat(store.ofGuid(guid)).contains(withGuid);
    }

    /** The latest EK is the last: credentials are made for it. */
    @Test
    void keepsTheEksOfATpmInTheirOrder() {
        TpmtPublic ak = ak();
        TpmtPublic deviceKey = deviceKey();
        bind(RSA_EK, ak, deviceKey);
        Enrollment both = enrollment(Optional.of(guid), List.of(RSA_EK, ECC_EK), ak, deviceKey);
        store.bind(both, event());
        assertThat(store.ofGuid(guid).orElseThrow().eks()).containsExactlyInAnyOrder(RSA_EK, ECC_EK);
    }

    /** Two lines may have been given a challenge for the same GUID: the first answer binds it. */
    @Test
    void bindsAGuidOnce() {
        Enrollment first = bind(RSA_EK, ak(), deviceKey());
        assertThatThrownBy(() -> bind(ECC_EK, ak(), deviceKey()))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("GUID_BOUND_TO_OTHER_TPM"));
        assertThat(store.ofGuid(guid)).contains(first);
        Guid other = new Guid(VoucherFixture.random(16));
        assertThatThrownBy(() -> store.bind(enrollment(Optional.of(other), List.of(RSA_EK), first.ak(), deviceKey()), event()))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("GUID_BOUND_TO_OTHER_TPM"));
        Enrollment sameTpm = bind(RSA_EK, ak(), deviceKey());
        assertThat(store.ofGuid(guid)).as("its own TPM may come with another key").contains(sameTpm);
        assertThat(store.ofKey(first.deviceKey().name())).isEmpty();
    }

    @Test
    void letsAnAcceptedTpmTakeThePlaceOfTheOther() {
        Enrollment first = bind(RSA_EK, ak(), deviceKey());
        store.contradict(contradiction(ECC_EK, Reason.GUID_BOUND_TO_OTHER_TPM), event());
        assertThat(store.isAccepted(guid, ECC_EK.name())).isFalse();
        store.accept(Subject.of(guid), event());
        assertThat(store.isAccepted(guid, ECC_EK.name())).isTrue();
        assertThat(store.isAccepted(guid, RSA_EK.name())).isFalse();
        assertThat(store.ofGuid(guid)).as("until it comes").contains(first);
        Enrollment second = bind(ECC_EK, ak(), deviceKey());
        assertThat(store.ofGuid(guid)).contains(second);
        assertThat(store.contradictions(Subject.of(guid))).isEmpty();
    }

    @Test
    void acceptsOneTpmAndNotOneOfSeveral() {
        assertThatThrownBy(() -> store.accept(Subject.of(guid), event())).isInstanceOf(Conflict.class).hasMessageContaining("no other TPM");
        store.contradict(contradiction(ECC_EK, Reason.GUID_BOUND_TO_OTHER_TPM), event());
        store.contradict(contradiction(RSA_EK, Reason.GUID_BOUND_TO_OTHER_TPM), event());
        assertThatThrownBy(() -> store.accept(Subject.of(guid), event())).isInstanceOf(Conflict.class).hasMessageContaining("2 other TPMs");
        assertThat(store.contradictions(Subject.of(guid))).noneMatch(Contradiction::accepted);
    }

    @Test
    void keepsWhatContradictsOnce() {
        store.contradict(contradiction(ECC_EK, Reason.GUID_BOUND_TO_OTHER_TPM), event());
        store.contradict(contradiction(ECC_EK, Reason.GUID_BOUND_TO_OTHER_TPM), event());
        assertThat(store.contradictions(Subject.of(guid))).hasSize(1);
        for (int i = 0; i < 20; i++) {
            Name ek = new Name(Bytes.fromHex("000b" + "%064x".formatted(i)));
            store.contradict(new Contradiction(Subject.of(guid), ek, ek, Reason.GUID_BOUND_TO_OTHER_TPM, NOW, false), event());
        }
        assertThat(store.contradictions(Subject.of(guid))).hasSize(16);
        assertThat(store.isLocked(Subject.of(guid))).isFalse();
        store.contradict(contradiction(ECC_EK, Reason.GUID_LOCKED), event());
        assertThat(store.isLocked(Subject.of(guid))).isTrue();
        assertThat(store.reject(Subject.of(guid), event())).isEqualTo(17);
        assertThat(store.isLocked(Subject.of(guid))).isFalse();
        assertThat(store.reject(Subject.of(guid), event())).isZero();
    }

    @Test
    void forgetsAllOfIt() {
        Enrollment bound = bind(RSA_EK, ak(), deviceKey());
        store.contradict(contradiction(ECC_EK, Reason.GUID_LOCKED), event());
        assertThat(store.forget(Subject.of(guid), event())).isTrue();
        assertThat(store.ofKey(bound.ak().name())).isEmpty();
        assertThat(store.isLocked(Subject.of(guid))).isFalse();
        assertThat(store.forget(Subject.of(guid), event())).isFalse();
        Enrollment other = bind(ECC_EK, ak(), deviceKey());
        assertThat(store.ofGuid(guid)).contains(other);
    }

    /** A device is its key: under each of its GUIDs it is the enrolled one. */
    @Test
    void followsADeviceToItsNextGuid() {
        OwnershipVoucher voucher = OwnershipVoucher.decode(VoucherFixture.aVoucher().withGuidOctets(guid.value().toArray()).encoded());
        SoftKey key = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
        Bytes spki = Bytes.owning(key.pair.getPublic().getEncoded());
        manufactured.store(new ManufacturedDevice(
                "SN", spki, VerifiedVoucher.fromStorage(voucher), VoucherState.ACTIVE, Announcement.NONE, event()));
        assertThat(store.voucherKey(guid).orElseThrow().getEncoded()).isEqualTo(spki.toArray());
        Enrollment withoutGuid = enrollment(Optional.empty(), List.of(RSA_EK), ak(), key.publicArea());
        store.bind(withoutGuid, event());
        assertThat(store.ofGuid(guid)).contains(withoutGuid);
    }

    /** Somebody claimed the GUID before there was a voucher, which is for another device key. */
    @Test
    void letsAnOperatorDecideBetweenTheVoucherAndWhoCameFirst() {
        Enrollment first = bind(RSA_EK, ak(), deviceKey());
        OwnershipVoucher voucher = OwnershipVoucher.decode(VoucherFixture.aVoucher().withGuidOctets(guid.value().toArray()).encoded());
        SoftKey key = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
        manufactured.store(new ManufacturedDevice("SN", Bytes.owning(key.pair.getPublic().getEncoded()), VerifiedVoucher.fromStorage(voucher),
                VoucherState.ACTIVE, Announcement.NONE, event()));
        TpmtPublic ak = ak();
        store.bind(enrollment(Optional.empty(), List.of(ECC_EK), ak, key.publicArea()), event());
        Enrollment ofVoucher = enrollment(Optional.of(guid), List.of(ECC_EK), ak, key.publicArea());
        assertThatThrownBy(() -> store.bind(ofVoucher, event()))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("GUID_BOUND_TO_OTHER_TPM"));
        store.contradict(contradiction(ECC_EK, Reason.GUID_BOUND_TO_OTHER_TPM), event());
        store.accept(Subject.of(guid), event());
        store.bind(ofVoucher, event());
        assertThat(store.ofGuid(guid)).contains(ofVoucher);
        assertThat(store.ofKey(first.ak().name())).isEmpty();
    }

    /** What is found out as late as that is as much a contradiction as what is found out at once. */
    @Test
    void keepsAContradictionThatComesUpWhenTheProofIsThere() {
        EkFixture tpm = EkFixture.anEccEk();
        SoftKey ak = SoftKey.ecc();
        SoftKey key = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
        EkCertificateVerifier vendors = new EkCertificateVerifier(tpm::trust, EkFixture.STRICT);
        Enroller enroller = new Enroller(vendors, store, EnrollmentPolicy.DEFAULT, VoucherFixture::random);
        EnrollmentService service = new EnrollmentService(enroller, Optional.empty(), store, 4, Clock.fixed(EkFixture.NOW, ZoneOffset.UTC));
        EnrollmentChallenge challenge = service.begin(new EnrollmentRequest(
                Optional.of(guid), tpm.publicArea(), Optional.of(tpm.certificate()), List.of(), ak.publicArea(), key.publicArea(), CertificateWish.NONE));
        bind(RSA_EK, ak(), deviceKey());
        Bytes proof = TpmHash.TPM_ALG_SHA256.digest(
                challenge.nonce(),
                SoftTpm.activate(tpm.pair(), ak.publicArea().name(), challenge.akCredential()).orElseThrow(),
                SoftTpm.activate(tpm.pair(), key.publicArea().name(), challenge.deviceCredential()).orElseThrow());
        Bytes certified = AttestFixture.aCertificationOf(key.publicArea().name()).withNonce(proof).bytes();
        SignedAttest signed = SignedAttest.decode(certified, ak.sign(certified));
        assertThatThrownBy(() -> service.prove(challenge.id(), new EnrollmentProof(proof, Optional.empty(), Optional.of(signed))))
                .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("GUID_BOUND_TO_OTHER_TPM"));
        assertThat(store.contradictions(Subject.of(guid))).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo(Reason.GUID_BOUND_TO_OTHER_TPM);
            assertThat(kept.ek()).isEqualTo(tpm.publicArea().name());
        });
    }

    private static VerifiedQuote quote(Enrollment of, long resets, long clock, boolean safe, int value) {
        PcrValues values = PcrValues.of(Map.of(
                new Pcr(TpmHash.TPM_ALG_SHA256, 7), Bytes.fromHex("%064x".formatted(value)), new Pcr(TpmHash.TPM_ALG_SHA256, 11), VoucherFixture.random(32)));
        return new VerifiedQuote(of.ak().name(), values, new ClockInfo(clock, resets, 0, safe), 1);
    }

    @Test
    void remembersTheClockOfATpmAndLetsNoneGoBack() {
        Enrollment bound = bind(RSA_EK, ak(), deviceKey());
        assertThat(boots.find(bound.ak().name()).orElseThrow().lastClock()).isEmpty();
        quoted(quote(bound, 3, 1_000, true, 1));
        assertThat(boots.find(bound.ak().name()).orElseThrow().lastClock()).contains(new ClockInfo(1_000, 3, 0, true));
        for (VerifiedQuote older : List.of(quote(bound, 2, 2_000, true, 2), quote(bound, 3, 999, true, 2))) {
            assertThatThrownBy(() -> quoted(older))
                    .isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).isEqualTo("RESET_COUNT"));
        }
        quoted(quote(bound, 3, 999, false, 3));
        quoted(quote(bound, 4, 5, true, 4));
        assertThat(boots.find(bound.ak().name()).orElseThrow().lastClock()).contains(new ClockInfo(5, 4, 0, true));
        Enrollment renewed = bind(RSA_EK, ak(), bound.deviceKey());
        assertThat(boots.find(renewed.ak().name()).orElseThrow().lastClock()).as("another AK counts otherwise").isEmpty();
        assertThat(boots.find(bound.ak().name())).isEmpty();
    }

    @Test
    void holdsADeviceToWhatAnOperatorAccepted() {
        Subject subject = Subject.of(guid);
        assertThatThrownBy(() -> boots.acceptLast(subject, event())).isInstanceOf(Conflict.class).hasMessageContaining("nothing to accept");
        Enrollment bound = bind(ECC_EK, ak(), deviceKey());
        assertThatThrownBy(() -> boots.acceptLast(subject, event())).isInstanceOf(Conflict.class);
        VerifiedQuote first = quote(bound, 1, 1, true, 1);
        quoted(first);
        assertThat(boots.lastQuoted(subject)).contains(first.values());
        assertThat(accepted(bound)).isEmpty();
        boots.acceptLast(subject, event());
        quoted(quote(bound, 1, 2, true, 2));
        assertThat(accepted(bound)).contains(new AcceptedBoot(first.values(), NOW));
        assertThat(boots.recordOnly(subject, event())).isTrue();
        assertThat(boots.recordOnly(subject, event())).isFalse();
        assertThat(accepted(bound)).isEmpty();
    }

    /** Everything that is needed to judge it once more, as it came; and why it was judged so. */
    @Test
    void keepsWhatADeviceSentLastAndWhatWasMadeOfIt() {
        Subject subject = Subject.of(guid);
        Enrollment bound = bind(ECC_EK, ak(), deviceKey());
        assertThat(boots.lastEvidence(subject)).isEmpty();
        assertThat(boots.lastVerdict(subject)).isEmpty();
        quoted(quote(bound, 1, 1, true, 1));
        BootEvidence evidence = evidence();
        BootVerdict rejected = new BootVerdict(NOW, Optional.of("gateway revision 3"), Optional.of("image 41"), List.of(
                Reason.PCR_POLICY.finding("sha256:4", "expected \"a\", found b; event 19"), Reason.REPLAY.finding("", "x")));
        boots.quoted(quote(bound, 1, 2, true, 2), evidence, rejected, event());
        assertThat(boots.lastVerdict(subject)).contains(rejected);
        assertThat(rejected.rejection()).contains(Reason.PCR_POLICY);
        assertThat(boots.lastEvidence(subject)).contains(new KeptEvidence(
                NOW, bound.ak(), evidence.quote().attest(), evidence.quote().encodedSignature(), evidence.pcrs(), evidence.eventLog(), Optional.empty(), Optional.empty()));
        bind(ECC_EK, ak(), bound.deviceKey());
        assertThat(boots.lastEvidence(subject)).as("another AK").isEmpty();
        assertThat(boots.lastVerdict(subject)).isEmpty();
        quoted(quote(store.find(subject).orElseThrow(), 1, 1, true, 1));
        assertThat(store.forget(subject, event())).isTrue();
        assertThat(boots.lastEvidence(subject)).isEmpty();
    }

    /** By name: a policy whose name ends like another's is another. */
    @Test
    void findsTheDevicesThatAPolicyLetIn() {
        Enrollment bound = bind(ECC_EK, ak(), deviceKey());
        String policy = "p" + guid;
        boots.quoted(quote(bound, 1, 1, true, 1), evidence(), verdict("base revision 1, " + policy + " revision 2", List.of()), event());
        assertThat(boots.letInBy(policy, 10)).containsExactly(Subject.of(guid));
        assertThat(boots.letInBy(policy, 0)).isEmpty();
        assertThat(boots.letInBy(policy.substring(1), 10)).as("the end of a name").isEmpty();
        assertThat(boots.letInBy(policy.substring(0, 5), 10)).as("the beginning of a name").isEmpty();
        boots.quoted(quote(bound, 1, 2, true, 1), evidence(), verdict(policy + " revision 3", List.of(Reason.PCR_POLICY.finding("sha256:4", "x"))), event());
        assertThat(boots.letInBy(policy, 10)).as("refused since").isEmpty();
    }

    private static BootVerdict verdict(String by, List<Finding> findings) {
        return new BootVerdict(NOW, Optional.of(by), Optional.empty(), findings);
    }

    /** It could never boot again what it boots now, and be let in. */
    @Test
    void acceptsNoBootThatNoFirmwareMeasured() {
        Subject subject = Subject.of(guid);
        Enrollment bound = bind(ECC_EK, ak(), deviceKey());
        quoted(quote(bound, 1, 1, true, 0));
        assertThatThrownBy(() -> boots.acceptLast(subject, event()))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("nothing extended sha256:7; name in slipway.tpm.pcrs");
        assertThat(accepted(bound)).isEmpty();
    }

    @Test
    void findsABootingDeviceByWhateverItSays() {
        Enrollment bound = bind(ECC_EK, ak(), deviceKey());
        assertThat(boots.enrolled(new BootIdentity.OfGuid(guid)).map(BootStore.EnrolledBoot::enrollment)).contains(bound);
        assertThat(boots.enrolled(new BootIdentity.OfAk(bound.ak().name())).map(BootStore.EnrolledBoot::enrollment)).contains(bound);
        assertThat(boots.enrolled(new BootIdentity.OfAk(bound.deviceKey().name()))).isEmpty();
        assertThat(boots.enrolled(new BootIdentity.OfEk(ECC_EK.name()))).isPresent();
        assertThat(boots.enrolled(new BootIdentity.OfEk(bound.ak().name()))).isEmpty();
    }

    @Test
    void believesTheEksThatAreListed() {
        assertThat(store.isPinned(ECC_EK.name())).isFalse();
        Bytes sized = Bytes.fromHex("%04x%s".formatted(ECC_EK.bytes().length(), ECC_EK.bytes()));
        TrustStore.Anchor anchor = new TrustStore.Anchor(TrustStore.Kind.TPM_EK, VoucherFixture.random(32), sized, "EK", NOW);
        trust.add(List.of(anchor), event());
        assertThat(store.isPinned(ECC_EK.name())).isTrue();
        assertThat(store.isPinned(RSA_EK.name())).isFalse();
        trust.remove(TrustStore.Kind.TPM_EK, anchor.fingerprint(), event());
        assertThat(store.isPinned(ECC_EK.name())).isFalse();
    }
}

package dev.slipway.attestation.enrollment;

import static dev.slipway.attestation.EkFixture.NOW;
import static dev.slipway.tpm.AttestFixture.aCertificationOf;
import static dev.slipway.tpm.AttestFixture.aCreationOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.EkCertificate;
import dev.slipway.attestation.EkCertificateVerifier;
import dev.slipway.attestation.EkDenyList;
import dev.slipway.attestation.EkFixture;
import dev.slipway.attestation.EkPolicy;
import dev.slipway.attestation.SignedAttest;
import dev.slipway.attestation.SoftTpm;
import dev.slipway.attestation.enrollment.Enroller.Answered;
import dev.slipway.attestation.enrollment.Enroller.Begun;
import dev.slipway.attestation.enrollment.EnrollmentState.Challenged;
import dev.slipway.attestation.enrollment.EnrollmentState.Locked;
import dev.slipway.attestation.enrollment.EnrollmentState.Open;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.tpm.AttestFixture;
import dev.slipway.tpm.CreationData;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.SoftKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnrollerTest {

    private static final RandomSource RANDOM = octets -> {
        byte[] random = new byte[octets];
        new SecureRandom().nextBytes(random);
        return Bytes.owning(random);
    };

    private static final Guid GUID = Guid.parse("0123456789abcdef0123456789abcdef");
    private static final Guid OTHER_GUID = Guid.parse("fedcba9876543210fedcba9876543210");

    /** Creation data of a primary of the endorsement hierarchy: no PCRs, locality 1. */
    private static final Bytes CREATION_DATA =
            Bytes.fromHex("00000000" + "0020" + "e3".repeat(32) + "01" + "0010" + "00044000000b" + "00044000000b" + "0000");

    private final Known known = new Known();
    private final Device device = new Device(EkFixture.anEccEk());

    /** What the server knows, in memory. */
    private static final class Known implements EnrolledDevices {
        private final Map<Guid, Enrollment> byGuid = new HashMap<>();
        private final Map<Name, Enrollment> byKey = new HashMap<>();
        private final Map<Guid, PublicKey> vouchers = new HashMap<>();
        private final Set<Name> pinned = new HashSet<>();
        private final Set<Name> accepted = new HashSet<>();

        void store(Enrollment enrollment) {
            enrollment.guid().ifPresent(guid -> byGuid.put(guid, enrollment));
            byKey.put(enrollment.ak().name(), enrollment);
            byKey.put(enrollment.deviceKey().name(), enrollment);
        }

        @Override
        public Optional<Enrollment> ofGuid(Guid guid) {
            return Optional.ofNullable(byGuid.get(guid));
        }

        @Override
        public Optional<Enrollment> ofKey(Name key) {
            return Optional.ofNullable(byKey.get(key));
        }

        @Override
        public Optional<PublicKey> voucherKey(Guid guid) {
            return Optional.ofNullable(vouchers.get(guid));
        }

        @Override
        public boolean isAccepted(Guid guid, Name ek) {
            return accepted.contains(ek);
        }

        @Override
        public boolean isPinned(Name ek) {
            return pinned.contains(ek);
        }
    }

    /** A device at the line. */
    private static final class Device {
        private EkFixture ek;
        private SoftKey ak = SoftKey.ecc();
        private SoftKey key = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
        private boolean hasCertificate = true;

        private Device(EkFixture ek) {
            this.ek = ek;
        }

        EnrollmentRequest request(Guid... guid) {
            Optional<EkCertificate> certificate = hasCertificate ? Optional.of(ek.certificate()) : Optional.empty();
            return new EnrollmentRequest(
                    List.of(guid).stream().findFirst(), ek.publicArea(), certificate, List.of(), ak.publicArea(), key.publicArea(), CertificateWish.NONE);
        }

        Bytes solve(EnrollmentChallenge challenge) {
            Bytes akSecret = SoftTpm.activate(ek.pair(), ak.publicArea().name(), challenge.akCredential()).orElseThrow();
            Bytes deviceSecret = SoftTpm.activate(ek.pair(), key.publicArea().name(), challenge.deviceCredential()).orElseThrow();
            return sha256(challenge.nonce(), akSecret, deviceSecret);
        }

        EnrollmentProof answer(EnrollmentChallenge challenge) {
            Bytes proof = solve(challenge);
            AttestFixture attest = aCreationOf(key.publicArea().name(), CREATION_DATA).withNonce(proof);
            return new EnrollmentProof(proof, Optional.of(creation(attest)), Optional.empty());
        }

        EnrollmentProof.Creation creation(AttestFixture attest) {
            return new EnrollmentProof.Creation(sign(attest), sized(CREATION_DATA));
        }

        SignedAttest sign(AttestFixture attest) {
            return SignedAttest.decode(attest.bytes(), ak.sign(attest.bytes()));
        }
    }

    private static CreationData sized(Bytes creationData) {
        return CreationData.decodeSized(Bytes.fromHex("%04x%s".formatted(creationData.length(), creationData)));
    }

    private static Bytes sha256(Bytes... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Bytes part : parts) {
                digest.update(part.toArray());
            }
            return Bytes.owning(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Enroller enroller() {
        return enroller(EkFixture.STRICT);
    }

    private Enroller enroller(EkPolicy policy) {
        return new Enroller(new EkCertificateVerifier(device.ek.trust(), policy), known, EnrollmentPolicy.DEFAULT, RANDOM);
    }

    private Begun begin(Guid... guid) {
        return enroller().begin(Open.FIRST, device.request(guid), NOW);
    }

    private Answered answer(Begun begun, EnrollmentProof proof) {
        return enroller().prove(begun.state(), begun.challenge().id(), proof, NOW);
    }

    private Enrollment enrol(Guid... guid) {
        Begun begun = begin(guid);
        Answered answered = answer(begun, device.answer(begun.challenge()));
        assertThat(answered).isInstanceOf(Answered.Enrolled.class);
        Enrollment enrollment = ((Answered.Enrolled) answered).enrollment();
        known.store(enrollment);
        return enrollment;
    }

    private static void assertRefused(String code, Runnable attempt) {
        assertThatThrownBy(attempt::run).isInstanceOfSatisfying(AttestationRejected.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private static void assertRefused(String code, EnrollmentState next, Answered answered) {
        assertThat(answered).isInstanceOfSatisfying(Answered.Refused.class, refused -> {
            assertThat(refused.reason().code()).as(refused.reason().getMessage()).isEqualTo(code);
            assertThat(refused.next()).isEqualTo(next);
        });
    }

    @Test
    void bindsAGuidToATpm() {
        Enrollment enrollment = enrol(GUID);
        assertThat(enrollment.guid()).contains(GUID);
        assertThat(enrollment.eks()).containsExactly(device.ek.publicArea());
        assertThat(enrollment.ekStatus()).isEqualTo(EkStatus.EK_CERTIFIED);
        assertThat(enrollment.tpm().orElseThrow()).hasToString("IFX SLB9672 000F1A00");
        assertThat(enrollment.ak().name()).isEqualTo(device.ak.publicArea().name());
        assertThat(enrollment.deviceKey().name()).isEqualTo(device.key.publicArea().name());
        assertThat(enrollment.enrolledAt()).isEqualTo(NOW);
    }

    @Test
    void bindsATpmWithAnRsaEk() {
        device.ek = EkFixture.anRsaEk();
        assertThat(enrol(GUID).eks()).containsExactly(device.ek.publicArea());
    }

    /** Older tools cannot put a nonce into a certification; a key that cannot leave the TPM is in it all the same. */
    @Test
    void takesACertificationWithoutNonce() {
        Begun begun = begin(GUID);
        SignedAttest certified = device.sign(aCertificationOf(device.key.publicArea().name()).withNonce(Bytes.fromHex("00ff55aa")));
        EnrollmentProof proof = new EnrollmentProof(device.solve(begun.challenge()), Optional.empty(), Optional.of(certified));
        assertThat(answer(begun, proof)).isInstanceOf(Answered.Enrolled.class);
    }

    @Test
    void commitsTheNonceToEverything() {
        Bytes id = Bytes.fromHex("1d".repeat(16));
        Bytes drawn = Bytes.fromHex("2e".repeat(32));
        RandomSource fixed = octets -> octets == 16 ? id : drawn;
        Enroller enroller = new Enroller(new EkCertificateVerifier(device.ek.trust(), EkFixture.STRICT), known, EnrollmentPolicy.DEFAULT, fixed);
        Begun begun = enroller.begin(Open.FIRST, device.request(GUID), NOW);
        Bytes names = Bytes.concat(
                device.ek.publicArea().name().value(), device.ak.publicArea().name().value(), device.key.publicArea().name().value());
        assertThat(begun.challenge().nonce()).isEqualTo(sha256(Bytes.fromHex("74706d2d656e726f6c2d763100"), GUID.value(), id, names, drawn));
        Begun withoutGuid = enroller.begin(Open.FIRST, device.request(), NOW);
        assertThat(withoutGuid.challenge().nonce())
                .isEqualTo(sha256(Bytes.fromHex("74706d2d656e726f6c2d763100"), Bytes.fromHex("00".repeat(16)), id, names, drawn));
        assertThat(begin(GUID).challenge().nonce()).as("anew each time").isNotEqualTo(begin(GUID).challenge().nonce());
    }

    @Test
    void usesAChallengeUpWithOneWrongAnswer() {
        Begun begun = begin(GUID);
        Bytes right = device.solve(begun.challenge());
        EnrollmentProof wrong = new EnrollmentProof(
                sha256(right), device.answer(begun.challenge()).creation(), Optional.empty());
        assertRefused("ACTIVATION", new Open(1), answer(begun, wrong));
        assertRefused("SESSION_UNKNOWN", () -> enroller().prove(new Open(1), begun.challenge().id(), device.answer(begun.challenge()), NOW));
    }

    @Test
    void locksAfterThreeWrongAnswers() {
        EnrollmentState state = Open.FIRST;
        for (EnrollmentState expected : List.of(new Open(1), new Open(2), new Locked())) {
            Begun begun = enroller().begin(state, device.request(GUID), NOW);
            EnrollmentProof wrong = new EnrollmentProof(RANDOM.next(32), device.answer(begun.challenge()).creation(), Optional.empty());
            Answered answered = answer(begun, wrong);
            assertRefused("ACTIVATION", expected, answered);
            state = answered.next();
        }
        EnrollmentState locked = state;
        assertRefused("GUID_LOCKED", () -> enroller().begin(locked, device.request(GUID), NOW));
        assertRefused("SESSION_UNKNOWN", () -> enroller().prove(locked, RANDOM.next(16), device.answer(begin(GUID).challenge()), NOW));
    }

    @Test
    void forgetsWrongAnswersWhenOneIsRight() {
        Begun begun = enroller().begin(new Open(2), device.request(GUID), NOW);
        assertThat(begun.state().failures()).isEqualTo(2);
        assertThat(answer(begun, device.answer(begun.challenge())).next()).isEqualTo(Open.FIRST);
    }

    /** One that is asked again keeps count, and answers only the last question. */
    @Test
    void hasOneChallengeAtATime() {
        Begun first = enroller().begin(new Open(1), device.request(GUID), NOW);
        Begun second = enroller().begin(first.state(), device.request(GUID), NOW);
        assertThat(second.state().failures()).isEqualTo(1);
        assertRefused("SESSION_UNKNOWN", () -> enroller().prove(second.state(), first.challenge().id(), device.answer(first.challenge()), NOW));
        assertRefused("ACTIVATION", new Open(2), answer(second, device.answer(first.challenge())));
        assertThat(answer(second, device.answer(second.challenge()))).isInstanceOf(Answered.Enrolled.class);
    }

    @Test
    void takesNoAnswerBeforeAQuestionOrAfterItsTime() {
        Begun begun = begin(GUID);
        EnrollmentProof proof = device.answer(begun.challenge());
        assertRefused("SESSION_UNKNOWN", () -> enroller().prove(Open.FIRST, begun.challenge().id(), proof, NOW));
        Instant end = NOW.plus(Duration.ofMinutes(5));
        assertThat(begun.challenge().expiresIn()).isEqualTo(Duration.ofMinutes(5));
        assertThat(enroller().prove(begun.state(), begun.challenge().id(), proof, end.minusNanos(1))).isInstanceOf(Answered.Enrolled.class);
        assertRefused("SESSION_UNKNOWN", Open.FIRST, enroller().prove(begun.state(), begun.challenge().id(), proof, end));
    }

    @Test
    void wantsTheDeviceKeyVouchedForByTheAk() {
        Begun begun = begin(GUID);
        Bytes proof = device.solve(begun.challenge());
        Name name = device.key.publicArea().name();
        SoftKey otherAk = SoftKey.ecc();
        AttestFixture sound = aCreationOf(name, CREATION_DATA).withNonce(proof);
        SignedAttest byOther = SignedAttest.decode(sound.bytes(), otherAk.sign(sound.bytes()));
        assertRefused("SIGNATURE", new Open(1), answerWith(begun, proof, new EnrollmentProof.Creation(byOther, sized(CREATION_DATA))));
        assertRefused("NONCE", new Open(1), answerWith(begun, proof, device.creation(aCreationOf(name, CREATION_DATA))));
        Name otherName = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).publicArea().name();
        assertRefused("NAME_MISMATCH", new Open(1), answerWith(begun, proof, device.creation(aCreationOf(otherName, CREATION_DATA).withNonce(proof))));
        Bytes otherData = Bytes.fromHex(CREATION_DATA.toHex().replace("e3e3", "e3e4"));
        assertRefused("CREATION_HASH", new Open(1), answerWith(begun, proof, device.creation(aCreationOf(name, otherData).withNonce(proof))));
        assertRefused("PARSE", new Open(1), answerWith(begun, proof, device.creation(sound.withAttested("0000"))));
    }

    private Answered answerWith(Begun begun, Bytes proof, EnrollmentProof.Creation creation) {
        return answer(begun, new EnrollmentProof(proof, Optional.of(creation), Optional.empty()));
    }

    /** A second certification that is wrong is not made good by the first. */
    @Test
    void checksEveryCertificationThatIsSent() {
        Begun begun = begin(GUID);
        EnrollmentProof sound = device.answer(begun.challenge());
        SignedAttest ofOther = device.sign(aCertificationOf(SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).publicArea().name()));
        assertRefused("NAME_MISMATCH", new Open(1), answer(begun, new EnrollmentProof(sound.proof(), sound.creation(), Optional.of(ofOther))));
    }

    @Test
    void refusesProofsOfAnotherShape() {
        assertThatThrownBy(() -> new EnrollmentProof(RANDOM.next(32), Optional.empty(), Optional.empty())).isInstanceOf(Malformed.class);
        EnrollmentProof sound = device.answer(begin(GUID).challenge());
        for (int octets : new int[] {0, 31, 33}) {
            assertThatThrownBy(() -> new EnrollmentProof(RANDOM.next(octets), sound.creation(), Optional.empty())).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void wantsAnEkThatSomebodyVouchesFor() {
        device.hasCertificate = false;
        assertRefused("UNTRUSTED", () -> begin(GUID));
        known.pinned.add(device.ek.publicArea().name());
        Enrollment enrollment = enrol(GUID);
        assertThat(enrollment.ekStatus()).isEqualTo(EkStatus.EK_PINNED);
        assertThat(enrollment.tpm()).isEmpty();
        device.hasCertificate = true;
        EkCertificateVerifier others = new EkCertificateVerifier(EkFixture.anEccEk().trust(), EkFixture.STRICT);
        Enroller enroller = new Enroller(others, known, EnrollmentPolicy.DEFAULT, RANDOM);
        assertRefused("UNTRUSTED", () -> enroller.begin(Open.FIRST, device.request(GUID), NOW));
    }

    @Test
    void wantsKeysThatStayInATpm() {
        device.ak.withAttributes(SoftKey.DEVICE_KEY);
        assertRefused("AK_NOT_RESTRICTED", () -> begin(GUID));
        device.ak.withAttributes(SoftKey.AK);
        device.key.withAttributes(SoftKey.AK);
        assertRefused("OBJECT_IS_RESTRICTED", () -> begin(GUID));
        device.key.withAttributes(0x00040060);
        assertRefused("KEY_NOT_TPM_RESIDENT", () -> begin(GUID));
    }

    /** The keys that a maker gave the TPM by the TCG's templates, each for what it is. */
    @Test
    void takesAnIakForTheAkAndAnIdevidForTheDeviceKeyOnly() {
        device.ak.withAttributes(0x000400f2);
        device.key.withAttributes(0x000400f2);
        assertRefused("AK_NOT_RESTRICTED", () -> begin(GUID));
        device.ak.withAttributes(0x000500f2);
        assertThat(enrol(GUID).deviceKey().name()).isEqualTo(device.key.publicArea().name());
        device.key.withAttributes(0x000500f2);
        assertRefused("OBJECT_IS_RESTRICTED", () -> begin(GUID));
    }

    @Test
    void deniesEccAksOfFirmwareThatLeaks() {
        EkDenyList.Firmware leaking = new EkDenyList.Firmware("49465800", 0, 0x000f1a00, EkDenyList.Scope.ECC_AKS);
        EkPolicy policy = new EkPolicy(EkPolicy.Mode.REFUSE, EkPolicy.Mode.REFUSE, new EkDenyList(Set.of(), Set.of(), List.of(leaking)));
        assertRefused("EK_DENIED", () -> enroller(policy).begin(Open.FIRST, device.request(GUID), NOW));
        device.ak = SoftKey.rsa();
        assertThat(enroller(policy).begin(Open.FIRST, device.request(GUID), NOW).challenge().nonce().length()).isEqualTo(32);
    }

    /** Whoever pins an EK need not know of it what others know. */
    @Test
    void deniesAnEkThoughItIsPinned() {
        device.hasCertificate = false;
        Name ek = device.ek.publicArea().name();
        known.pinned.add(ek);
        EkPolicy policy = new EkPolicy(EkPolicy.Mode.REFUSE, EkPolicy.Mode.REFUSE, new EkDenyList(Set.of(), Set.of(ek), List.of()));
        assertRefused("EK_DENIED", () -> enroller(policy).begin(Open.FIRST, device.request(GUID), NOW));
        EkPolicy other = new EkPolicy(EkPolicy.Mode.REFUSE, EkPolicy.Mode.REFUSE, new EkDenyList(Set.of(), Set.of(device.ak.publicArea().name()), List.of()));
        assertThat(enroller(other).begin(Open.FIRST, device.request(GUID), NOW).state().claim().ekStatus()).isEqualTo(EkStatus.EK_PINNED);
    }

    @Test
    void wantsTheKeyOfTheVoucher() {
        known.vouchers.put(GUID, SoftKey.ecc().pair.getPublic());
        assertRefused("VOUCHER_KEY_MISMATCH", () -> begin(GUID));
        known.vouchers.put(GUID, device.key.pair.getPublic());
        assertThat(enrol(GUID).guid()).contains(GUID);
    }

    /** Attack 19: whoever enrols second does not get what was enrolled first. */
    @Test
    void attack19GuidThatIsSquattedOrTakenOver() {
        enrol(GUID);
        Device other = new Device(EkFixture.anRsaEk());
        Enroller enroller = new Enroller(new EkCertificateVerifier(other.ek.trust(), EkFixture.STRICT), known, EnrollmentPolicy.DEFAULT, RANDOM);
        assertRefused("GUID_BOUND_TO_OTHER_TPM", () -> enroller.begin(Open.FIRST, other.request(GUID), NOW));
        assertRefused("GUID_BOUND_TO_OTHER_TPM", () -> begin(OTHER_GUID));
        assertRefused("GUID_BOUND_TO_OTHER_TPM", () -> begin());
        device.ak = SoftKey.ecc();
        assertRefused("GUID_BOUND_TO_OTHER_TPM", () -> begin(OTHER_GUID));
        device.key = SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY);
        assertThat(enrol(OTHER_GUID).guid()).as("nothing of it was enrolled but its EK").contains(OTHER_GUID);
    }

    @Test
    void enrolsTheSameTpmAgain() {
        Enrollment first = enrol(GUID);
        device.ak = SoftKey.ecc();
        Enrollment second = enrol(GUID);
        assertThat(second.eks()).isEqualTo(first.eks());
        assertThat(second.ak().name()).isEqualTo(device.ak.publicArea().name());
    }

    /** A TPM has an EK for each kind of key, and is one TPM. */
    @Test
    void addsASecondEkOfTheSameTpm() {
        Enrollment first = enrol(GUID);
        device.ek = EkFixture.anRsaEk();
        assertThat(enrol(GUID).eks()).containsAll(first.eks()).contains(device.ek.publicArea()).hasSize(2);
    }

    /** The line enrols before the device is initialised, which gives it a GUID. */
    @Test
    void waitsForAGuid() {
        assertThat(enrol().guid()).isEmpty();
        assertThat(enrol(GUID).guid()).contains(GUID);
    }

    /** Attack 5: the certificate and the public areas are right, and the TPM is somebody else's. */
    @Test
    void attack5EkOfSomebodyElse() {
        Begun begun = begin(GUID);
        EnrollmentChallenge challenge = begun.challenge();
        assertThat(SoftTpm.activate(SoftKey.ecc().pair, device.ak.publicArea().name(), challenge.akCredential())).isEmpty();
        assertThat(SoftTpm.activate(device.ek.pair(), device.key.publicArea().name(), challenge.akCredential())).as("of the other key").isEmpty();
        assertThat(SoftTpm.activate(device.ek.pair(), device.ak.publicArea().name(), challenge.deviceCredential())).as("of the other key").isEmpty();
        Bytes guessed = sha256(challenge.nonce(), RANDOM.next(32), RANDOM.next(32));
        EnrollmentProof proof = new EnrollmentProof(
                guessed, Optional.of(device.creation(aCreationOf(device.key.publicArea().name(), CREATION_DATA).withNonce(guessed))), Optional.empty());
        assertRefused("ACTIVATION", new Open(1), answer(begun, proof));
    }

    @Test
    void showsNoSecrets() {
        Begun begun = begin(GUID);
        Challenged state = begun.state();
        assertThat(state.toString()).contains("SecretBytes[32 octets]").doesNotContain(device.solve(begun.challenge()).toHex());
    }

    @Test
    void refusesTooManyCertificates() {
        Bytes ekPub = Bytes.concat(Bytes.fromHex("007a"), device.ek.publicArea().bytes());
        Bytes akPub = Bytes.concat(Bytes.fromHex("0058"), device.ak.bytes());
        List<Bytes> chain = java.util.Collections.nCopies(6, device.ek.certificate().der());
        assertThat(EnrollmentRequest.decode(Optional.of(GUID), ekPub, Optional.empty(), chain.subList(0, 5), akPub, akPub, CertificateWish.NONE).ekChain())
                .hasSize(5);
        assertThatThrownBy(() -> EnrollmentRequest.decode(Optional.of(GUID), ekPub, Optional.empty(), chain, akPub, akPub, CertificateWish.NONE))
                .isInstanceOf(Malformed.class);
    }
}

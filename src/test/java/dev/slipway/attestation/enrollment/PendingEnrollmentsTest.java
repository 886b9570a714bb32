package dev.slipway.attestation.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.AttestationKey;
import dev.slipway.attestation.DeviceKey;
import dev.slipway.attestation.EkFixture;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.enrollment.EnrollmentState.Challenged;
import dev.slipway.attestation.enrollment.EnrollmentState.Claim;
import dev.slipway.attestation.enrollment.EnrollmentState.Locked;
import dev.slipway.attestation.enrollment.EnrollmentState.Open;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.SoftKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingEnrollmentsTest {

    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");
    private static final Claim CLAIM = new Claim(
            Optional.empty(),
            EndorsementKey.of(EkFixture.anEccEk().publicArea()),
            List.of(),
            EkStatus.EK_PINNED,
            Optional.empty(),
            AttestationKey.of(SoftKey.ecc().publicArea()),
            DeviceKey.of(SoftKey.ecc().withAttributes(SoftKey.DEVICE_KEY).publicArea()),
            PromisedCertificates.NONE);

    private final PendingEnrollments pending = new PendingEnrollments(2);

    private static Subject subject(int number) {
        return Subject.of(Guid.parse("%032x".formatted(number)));
    }

    private static Bytes id(int number) {
        return Bytes.of((byte) number);
    }

    private static Challenged challenged(int id) {
        return new Challenged(id(id), CLAIM, SecretBytes.owning(new byte[32]), NOW.plusSeconds(300), 0);
    }

    @Test
    void knowsTheLastChallengeOfASubject() {
        pending.put(subject(1), challenged(1), NOW);
        assertThat(pending.subject(id(1))).contains(subject(1));
        pending.put(subject(1), challenged(2), NOW);
        assertThat(pending.subject(id(1))).isEmpty();
        assertThat(pending.subject(id(2))).contains(subject(1));
        pending.put(subject(1), new Open(1), NOW);
        assertThat(pending.subject(id(2))).isEmpty();
        assertThat(pending.get(subject(1), NOW)).isEqualTo(new Open(1));
        assertThat(pending.get(subject(2), NOW)).isEqualTo(Open.FIRST);
    }

    @Test
    void keepsSoManyChallengesAndNoMore() {
        pending.put(subject(1), challenged(1), NOW);
        pending.put(subject(2), challenged(2), NOW);
        assertThatThrownBy(() -> pending.put(subject(3), challenged(3), NOW)).isInstanceOf(Busy.class).hasMessageContaining("slipway.limits.enrollments");
        assertThat(pending.subject(id(3))).isEmpty();
        pending.put(subject(2), challenged(4), NOW);
        assertThat(pending.subject(id(4))).as("in the place of its own").contains(subject(2));
        pending.put(subject(1), Open.FIRST, NOW);
        pending.put(subject(3), challenged(3), NOW);
        assertThat(pending.subject(id(3))).as("when one was answered").contains(subject(3));
    }

    @Test
    void makesRoomOfWhatIsTooOldToBeAnswered() {
        pending.put(subject(1), challenged(1), NOW);
        pending.put(subject(2), new Open(2), NOW);
        pending.put(subject(3), challenged(3), NOW);
        assertThat(pending.get(subject(2), NOW)).as("what nobody waits for goes first").isEqualTo(Open.FIRST);
        assertThat(pending.subject(id(1))).contains(subject(1));
        pending.put(subject(4), challenged(4), NOW.plusSeconds(300));
        assertThat(pending.subject(id(1))).isEmpty();
        assertThat(pending.subject(id(4))).contains(subject(4));
    }

    @Test
    void remembersWrongAnswersForAnHour() {
        pending.put(subject(1), new Locked(), NOW);
        assertThat(pending.get(subject(1), NOW.plus(Duration.ofMinutes(59)))).isEqualTo(new Locked());
        assertThat(pending.get(subject(1), NOW.plus(Duration.ofMinutes(60)))).isEqualTo(Open.FIRST);
    }
}

package dev.slipway.attestation.firstboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.EkFixture;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.QuoteChallenge;
import dev.slipway.attestation.firstboot.BootChallenges.Waiting;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.PcrSelection;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootChallengesTest {

    private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");
    private static final Guid GUID = Guid.parse("0123456789abcdef0123456789abcdef");
    private static final EndorsementKey EK = EndorsementKey.of(EkFixture.anEccEk().publicArea());

    private final BootChallenges challenges = new BootChallenges(6);

    private static Bytes session(int number) {
        return Bytes.of((byte) number);
    }

    private static Waiting waiting(int ak) {
        return waiting(ak, "192.0.2.1");
    }

    private static Waiting waiting(int ak, String peer) {
        Name name = new Name(Bytes.fromHex("000b" + "%064x".formatted(ak)));
        QuoteChallenge challenge = new QuoteChallenge(name, Bytes.owning(new byte[32]), PcrSelection.parse("sha256:7"));
        return new Waiting(challenge, peer, EK, Optional.of(GUID), NOW.plusSeconds(120));
    }

    @Test
    void givesAChallengeOnce() {
        challenges.add(session(1), waiting(1), NOW);
        assertThat(challenges.guid(session(1))).contains(GUID);
        assertThat(challenges.take(session(1), NOW)).contains(waiting(1));
        assertThat(challenges.take(session(1), NOW)).isEmpty();
        assertThat(challenges.guid(session(1))).isEmpty();
    }

    @Test
    void givesNoneThatIsTooOld() {
        challenges.add(session(1), waiting(1), NOW);
        challenges.add(session(2), waiting(1), NOW);
        assertThat(challenges.take(session(1), NOW.plusSeconds(120).minusNanos(1))).isPresent();
        assertThat(challenges.take(session(2), NOW.plusSeconds(120))).isEmpty();
    }

    /** Whoever asks in a device's name ends only what he asked for before. */
    @Test
    void keepsFourOfADevice() {
        for (int i = 1; i <= 5; i++) {
            challenges.add(session(i), waiting(1), NOW);
        }
        assertThat(challenges.take(session(1), NOW)).isEmpty();
        for (int i = 2; i <= 5; i++) {
            assertThat(challenges.take(session(i), NOW)).as("challenge " + i).isPresent();
        }
    }

    /** Who asks in its name from elsewhere does not end what the device is answering. */
    @Test
    void keepsWhatADeviceIsAnsweringWhoeverElseAsks() {
        challenges.add(session(1), waiting(1, "192.0.2.1"), NOW);
        for (int i = 2; i <= 6; i++) {
            challenges.add(session(i), waiting(1, "198.51.100.9"), NOW);
        }
        assertThat(challenges.take(session(2), NOW)).isEmpty();
        assertThat(challenges.take(session(1), NOW)).isPresent();
    }

    @Test
    void keepsSoManyInAllAndNoMore() {
        for (int i = 1; i <= 6; i++) {
            challenges.add(session(i), waiting(i), NOW);
        }
        assertThatThrownBy(() -> challenges.add(session(7), waiting(7), NOW)).isInstanceOf(Busy.class).hasMessageContaining("slipway.limits.challenges");
        challenges.add(session(8), waiting(8), NOW.plusSeconds(120));
        assertThat(challenges.take(session(8), NOW)).as("in the place of those that are too old").isPresent();
        assertThat(challenges.take(session(1), NOW)).isEmpty();
    }
}

package dev.slipway.attestation.firstboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.Booted;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.Reason;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.AttestationRejected;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootVerdictTest {

    private static final InForce LETS_PASS = new InForce("a revision 1", booted -> List.of(), booted -> Optional.of("image 41"));
    private static final InForce REFUSES = InForce.unusable("b revision 2", "not that one");

    private static Booted holding(int pcr, String octet) {
        return new Booted(
                PcrValues.of(Map.of(new Pcr(TpmHash.TPM_ALG_SHA256, pcr), Bytes.fromHex(octet.repeat(32)))), Optional.empty(), List.of());
    }

    @Test
    void wantsEveryPolicyToLetTheBootPass() {
        BootVerdict one = BootVerdict.byPolicies(Instant.EPOCH, holding(4, "5a"), List.of(LETS_PASS));
        assertThat(one.rejection()).isEmpty();
        assertThat(one.image()).contains("image 41");
        one.requireNotRejected();
        BootVerdict both = BootVerdict.byPolicies(Instant.EPOCH, holding(4, "5a"), List.of(LETS_PASS, REFUSES));
        assertThat(both.by()).contains("a revision 1, b revision 2");
        assertThat(both.rejection()).contains(Reason.PCR_POLICY);
        assertThat(both.findings()).extracting(Finding::message).containsExactly("not that one");
        assertThatThrownBy(both::requireNotRejected).isInstanceOf(AttestationRejected.class);
        assertThat(List.of(both.isLetInBy("a"), one.isLetInBy("a"), one.isLetInBy("b"), one.isLetInBy("a revision"))).containsExactly(false, true, false, false);
    }

    /** What is wrong with the evidence itself no policy makes good. */
    @Test
    void rejectsUnextendedRegistersWhateverThePoliciesSay() {
        BootVerdict verdict = BootVerdict.byPolicies(Instant.EPOCH, holding(4, "00"), List.of(LETS_PASS));
        assertThat(verdict.rejection()).contains(Reason.PCR_RESET_STATE);
    }

    @Test
    void onlyRecordsWhereNobodySaysAnything() {
        BootVerdict verdict = BootVerdict.recorded(Instant.EPOCH, holding(4, "00"));
        assertThat(verdict.findings()).extracting(Finding::id).containsExactly("attestation.pcr-reset-state");
        assertThat(verdict.rejection()).isEmpty();
        verdict.requireNotRejected();
    }

    @Test
    void holdsADeviceToWhatWasAcceptedOfIt() {
        AcceptedBoot accepted = new AcceptedBoot(holding(4, "5a").quoted(), Instant.EPOCH);
        assertThat(BootVerdict.byAccepted(Instant.EPOCH, holding(4, "5a"), accepted).rejection()).isEmpty();
        BootVerdict other = BootVerdict.byAccepted(Instant.EPOCH, holding(4, "5b"), accepted);
        assertThat(other.by()).contains("accepted at 1970-01-01T00:00:00Z");
        assertThat(other.rejection()).contains(Reason.PCR_POLICY);
        assertThat(other.isLetInBy("accepted at 1970-01-01T00:00:00Z")).isFalse();
    }
}

package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.TpmIdentity;
import dev.slipway.attestation.enrollment.Contradiction;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.enrollment.EnrollmentStore;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.attestation.firstboot.AcceptedBoot;
import dev.slipway.attestation.firstboot.BootIdentity;
import dev.slipway.attestation.firstboot.BootStore;
import dev.slipway.attestation.firstboot.BootVerdict;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.TpmtPublic;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a device's TPM.
 *
 * @param status {@code none}, {@code enrolled}; {@code quarantined} while an operator has to decide
 * @param guid what it was enrolled for
 * @param tpm what its vendor calls it
 * @param quoted the PCR values that it booted with last
 * @param accepted those that it has to boot with; empty where whatever it boots is recorded
 * @param judged what was made of the last quote
 * @param eks Names of its EKs, as are {@code ak} and {@code deviceKey} of those
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnrollmentView(
        String status,
        Optional<String> guid,
        Optional<String> ekStatus,
        Optional<String> tpm,
        List<String> eks,
        Optional<String> ak,
        Optional<String> deviceKey,
        Optional<Instant> enrolledAt,
        Map<String, String> quoted,
        Map<String, String> accepted,
        Optional<Instant> acceptedAt,
        Optional<Judged> judged,
        List<Claim> contradictions) {

    /**
     * @param result {@code accepted}, {@code rejected}; {@code recorded} where nobody said what the device may boot
     * @param by policies with their revisions, or what was accepted
     * @param image that was booted, where the policy lists it
     * @param findings what was wrong: the register is the path, and the message has event, expected and found
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Judged(String result, Instant at, Optional<String> by, Optional<String> image, List<FindingView> findings) {

        private static Judged of(BootVerdict verdict) {
            String result = verdict.by().isEmpty() ? "recorded" : verdict.rejection().isPresent() ? "rejected" : "accepted";
            return new Judged(result, verdict.at(), verdict.by(), verdict.image(), verdict.findings().stream().map(FindingView::of).toList());
        }
    }

    /** What another TPM claimed, or too many wrong answers. */
    public record Claim(String reason, String ek, String deviceKey, Instant at, boolean accepted) {

        private static Claim of(Contradiction contradiction) {
            return new Claim(
                    CheckView.word(contradiction.reason()),
                    contradiction.ek().toString(),
                    contradiction.deviceKey().toString(),
                    contradiction.at(),
                    contradiction.accepted());
        }
    }

    /** Empty where nothing is known. */
    static Optional<EnrollmentView> of(EnrollmentStore store, BootStore boots, Subject subject) {
        Optional<Enrollment> enrollment = store.find(subject);
        List<Claim> claims = store.contradictions(subject).stream().map(Claim::of).toList();
        if (enrollment.isEmpty() && claims.isEmpty()) {
            return Optional.empty();
        }
        Optional<AcceptedBoot> accepted = enrollment
                .flatMap(known -> boots.enrolled(new BootIdentity.OfAk(known.ak().name())))
                .flatMap(BootStore.EnrolledBoot::accepted);
        boolean undecided = claims.stream().anyMatch(claim -> !claim.accepted());
        return Optional.of(new EnrollmentView(
                undecided ? "quarantined" : enrollment.isPresent() ? "enrolled" : "none",
                enrollment.flatMap(Enrollment::guid).map(Guid::toString),
                enrollment.map(known -> CheckView.word(known.ekStatus())),
                enrollment.flatMap(Enrollment::tpm).map(TpmIdentity::toString),
                enrollment.map(known -> known.eks().stream().map(EnrollmentView::name).toList()).orElse(List.of()),
                enrollment.map(known -> name(known.ak())),
                enrollment.map(known -> name(known.deviceKey())),
                enrollment.map(Enrollment::enrolledAt),
                boots.lastQuoted(subject).map(EnrollmentView::values).orElse(Map.of()),
                accepted.map(AcceptedBoot::values).map(EnrollmentView::values).orElse(Map.of()),
                accepted.map(AcceptedBoot::at),
                boots.lastVerdict(subject).map(Judged::of),
                claims));
    }

    private static Map<String, String> values(PcrValues values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.values().forEach((pcr, value) -> texts.put(pcr.toString(), value.toHex()));
        return texts;
    }

    private static String name(TpmtPublic key) {
        return key.name().toString();
    }
}

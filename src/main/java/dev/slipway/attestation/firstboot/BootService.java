package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.Booted;
import dev.slipway.attestation.EkDenyList;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.MakeCredential;
import dev.slipway.attestation.QuoteChallenge;
import dev.slipway.attestation.QuoteVerifier;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.VerifiedQuote;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.firstboot.BootChallenges.Waiting;
import dev.slipway.attestation.firstboot.BootDevices.BootDevice;
import dev.slipway.attestation.firstboot.BootDevices.Given;
import dev.slipway.attestation.firstboot.BootStore.EnrolledBoot;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmHash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Challenge, quote, and what only the TPM that quoted can open. */
public final class BootService {

    private static final String DEVICE = "device";
    private static final int SESSION_OCTETS = 16;
    private static final int NONCE_OCTETS = 32;
    private static final int VERDICT_OCTETS = 16;

    private final BootStore store;
    private final BootDevices devices;
    private final BootPolicy policy;
    private final EkDenyList denied;
    private final BootChallenges challenges;
    private final QuoteVerifier quotes;
    private final MakeCredential credentials;
    private final RandomSource random;
    private final Clock clock;

    /** @param denied TPMs that get nothing, though they were enrolled */
    public BootService(BootStore store, BootDevices devices, BootPolicy policy, EkDenyList denied, RandomSource random, Clock clock) {
        this.store = store;
        this.devices = devices;
        this.policy = policy;
        this.denied = denied;
        this.challenges = new BootChallenges(policy.limit());
        this.quotes = new QuoteVerifier(store);
        this.credentials = new MakeCredential(random);
        this.random = random;
        this.clock = clock;
    }

    /**
     * What a device gets.
     *
     * @param verdict names the event that says what was quoted
     * @param token its secret is a ticket
     * @param expiresIn how long the ticket waits to be used
     */
    public record Released(String verdict, CredentialBlob token, Duration expiresIn) {}

    /**
     * Looks the same for a device that is not known: nobody learns from it which there are.
     *
     * @param peer the address that asks
     * @throws dev.slipway.failure.Failure.Busy if too many wait already
     */
    public BootChallenge challenge(BootIdentity identity, String peer) {
        Bytes session = random.next(SESSION_OCTETS);
        Bytes nonce = random.next(NONCE_OCTETS);
        Instant now = now();
        store.enrolled(identity).map(EnrolledBoot::enrollment).ifPresent(enrollment -> {
            QuoteChallenge challenge = new QuoteChallenge(enrollment.ak().name(), nonce, policy.selection());
            Optional<Guid> guid = devices.find(enrollment).map(BootDevice::guid).or(enrollment::guid);
            challenges.add(session, new Waiting(challenge, peer, ek(enrollment, identity), guid, now.plus(policy.validity())), now);
        });
        return new BootChallenge(session, nonce, policy.selection(), policy.validity());
    }

    private static EndorsementKey ek(Enrollment enrollment, BootIdentity identity) {
        return EndorsementKey.of(enrollment.eks().stream()
                .filter(ek -> identity instanceof BootIdentity.OfEk named && ek.name().equals(named.ek()))
                .findFirst()
                .orElseGet(enrollment::latestEk));
    }

    /** The GUID of the device whose challenge this is, while it was not answered. */
    public Optional<Guid> guid(Bytes session) {
        return challenges.guid(session);
    }

    /**
     * @throws dev.slipway.failure.Failure.AttestationRejected with what does not convince
     * @throws dev.slipway.failure.Failure.Malformed if the quote or a log is none
     */
    public Released attest(BootEvidence evidence) {
        Instant now = now();
        // spec: the challenge is used up before anything is looked at
        Waiting waiting = challenges.take(evidence.session(), now)
                .orElseThrow(() -> Reason.SESSION_UNKNOWN.rejected("session", "there is no such challenge, or it was answered, or is too old"));
        Name ak = waiting.challenge().ak();
        // spec: the AK that was enrolled signed this quote, and its TPM did not go back in time
        VerifiedQuote quote = quotes.verify(evidence.quote(), evidence.pcrs(), waiting.challenge());
        EnrolledBoot enrolled = store.enrolled(new BootIdentity.OfAk(ak))
                .orElseThrow(() -> Reason.AK_UNKNOWN.rejected("ak", ak + " was forgotten just now"));
        Enrollment enrollment = enrolled.enrollment();
        // spec: its TPM is still believed
        requireNotDenied(enrollment);
        // spec: what it booted is what its policies or its operator let it; where nothing is said, it is recorded with what is wrong, and the
        // quote only proves which device it is
        Optional<Given> given = devices.find(enrollment).map(BootDevice::given);
        Booted booted = Booted.of(quote.values(), evidence.eventLog(), evidence.userspaceLog(), evidence.pcrSignature());
        BootVerdict verdict = judge(given.map(Given::policies).orElse(List.of()), enrolled.accepted(), booted, now);
        String id = random.next(VERDICT_OCTETS).toHex();
        // spec: a rejection takes back what an earlier quote won and nobody used
        store.quoted(quote, evidence, verdict, event(id, waiting, quote, evidence, verdict));
        verdict.requireNotRejected();
        // spec: only the TPM that quoted opens the ticket
        BootDevices.Minted minted = given
                .orElseThrow(() -> new Forbidden("there is no voucher here for the enrolled device key " + enrollment.deviceKey().name()))
                .mint(verdict.by().isPresent());
        try (SecretBytes secret = minted.secret()) {
            return new Released(id, credentials.make(waiting.ek(), ak, secret), minted.lifetime());
        }
    }

    private void requireNotDenied(Enrollment enrollment) {
        if (enrollment.eks().stream().anyMatch(ek -> denied.denies(ek.name()))) {
            throw Reason.EK_DENIED.rejected("ek", "an EK of the TPM is on the deny list, since it was enrolled");
        }
    }

    private static BootVerdict judge(List<InForce> policies, Optional<AcceptedBoot> accepted, Booted booted, Instant now) {
        if (!policies.isEmpty()) {
            return BootVerdict.byPolicies(now, booted, policies);
        }
        return accepted
                .map(boot -> BootVerdict.byAccepted(now, booted, boot))
                .orElseGet(() -> BootVerdict.recorded(now, booted));
    }

    private static AuditEvent event(String id, Waiting waiting, VerifiedQuote quote, BootEvidence evidence, BootVerdict verdict) {
        Map<String, String> facts = new HashMap<>(Map.of(
                "verdict", id,
                "ek", TpmHash.TPM_ALG_SHA256.digest(waiting.ek().name().value()).toHex(),
                "ak", quote.ak().toString(),
                "pcrs", quote.values().toString(),
                "resetCount", Long.toString(quote.clockInfo().resetCount()),
                "policy", verdict.by().orElse("record only")));
        verdict.image().ifPresent(image -> facts.put("image", image));
        evidence.eventLog().ifPresent(log -> facts.put("eventLog", TpmHash.TPM_ALG_SHA256.digest(log).toHex()));
        if (!verdict.findings().isEmpty()) {
            facts.put("findings", verdict.findings().stream().map(Finding::toString).collect(Collectors.joining("; ")));
        }
        Optional<String> guid = waiting.guid().map(Guid::toString);
        return verdict.rejection()
                .map(reason -> AuditEvent.refused("attestation.rejected", verdict.at(), DEVICE, guid, reason.name(), facts))
                .orElseGet(() -> new AuditEvent("attestation.accepted", verdict.at(), DEVICE, guid, AuditEvent.Outcome.DONE, "", facts));
    }

    /** As exact as storage is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

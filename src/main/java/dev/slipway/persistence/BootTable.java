package dev.slipway.persistence;

import dev.slipway.attestation.firstboot.BootEvidence;
import dev.slipway.attestation.firstboot.BootVerdict;
import dev.slipway.attestation.firstboot.KeptEvidence;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.TpmtPublic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** What devices sent when they booted, and what was made of it, as rows. */
final class BootTable {

    /** A log that contradicts itself does so a thousand times; the first ones are the useful ones. */
    private static final int MAX_FINDINGS = 100;
    private static final String ID = "id";
    private static final String PATH = "path";
    private static final String MESSAGE = "message";

    private BootTable() {}

    static void write(StatelessSession session, EnrollmentEntity row, BootEvidence evidence, Instant at) {
        BootEvidenceEntity kept = new BootEvidenceEntity();
        kept.deviceKey = row.deviceKey;
        kept.at = at.toEpochMilli();
        kept.quote = evidence.quote().attest().toArray();
        kept.signature = evidence.quote().encodedSignature().toArray();
        kept.pcrs = evidence.pcrs().toArray();
        kept.eventLog = octets(evidence.eventLog());
        kept.userspaceLog = octets(evidence.userspaceLog());
        kept.pcrSignature = octets(evidence.pcrSignature());
        session.upsert(kept);
    }

    private static byte[] octets(Optional<Bytes> part) {
        return part.map(Bytes::toArray).orElse(null);
    }

    static Optional<KeptEvidence> evidence(StatelessSession session, EnrollmentEntity row) {
        return Optional.ofNullable(session.get(BootEvidenceEntity.class, row.deviceKey))
                .map(kept -> new KeptEvidence(
                        Instant.ofEpochMilli(kept.at),
                        TpmtPublic.decode(Bytes.of(row.akPublic)),
                        Bytes.of(kept.quote),
                        Bytes.of(kept.signature),
                        Bytes.of(kept.pcrs),
                        Optional.ofNullable(kept.eventLog).map(Bytes::of),
                        Optional.ofNullable(kept.userspaceLog).map(Bytes::of),
                        Optional.ofNullable(kept.pcrSignature).map(Bytes::of)));
    }

    static void set(EnrollmentEntity row, BootVerdict verdict) {
        row.judgedAt = verdict.at().toEpochMilli();
        row.judgedBy = verdict.by().orElse(null);
        row.image = verdict.image().orElse(null);
        row.findings = verdict.findings().stream()
                .limit(MAX_FINDINGS)
                .map(finding -> Map.of(ID, finding.id(), PATH, finding.path(), MESSAGE, finding.message()))
                .toList();
    }

    static Optional<BootVerdict> verdict(EnrollmentEntity row) {
        return Optional.ofNullable(row.judgedAt)
                .map(at -> new BootVerdict(
                        Instant.ofEpochMilli(at),
                        Optional.ofNullable(row.judgedBy),
                        Optional.ofNullable(row.image),
                        row.findings.stream().map(BootTable::finding).toList()));
    }

    private static Finding finding(Map<String, String> columns) {
        return Finding.error(columns.get(ID), columns.get(PATH), columns.get(MESSAGE));
    }

    /** What was seen with another AK says nothing any more. */
    static void forget(StatelessSession session, EnrollmentEntity row) {
        row.judgedAt = null;
        row.judgedBy = null;
        row.image = null;
        row.findings = List.of();
        session.createMutationQuery("delete from BootEvidenceEntity where deviceKey = :key").setParameter("key", row.deviceKey).executeUpdate();
    }
}

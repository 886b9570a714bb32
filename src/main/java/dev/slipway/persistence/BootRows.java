package dev.slipway.persistence;

import dev.slipway.attestation.BootAppraiser;
import dev.slipway.attestation.EnrolledAk;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.QuoteVerifier;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.VerifiedQuote;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.attestation.firstboot.AcceptedBoot;
import dev.slipway.attestation.firstboot.BootEvidence;
import dev.slipway.attestation.firstboot.BootIdentity;
import dev.slipway.attestation.firstboot.BootStore;
import dev.slipway.attestation.firstboot.BootVerdict;
import dev.slipway.attestation.firstboot.KeptEvidence;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.ClockInfo;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmtPublic;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** What enrolled devices booted, beside their enrolments. */
@Singleton
public final class BootRows implements BootStore {

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    private final TicketRows tickets;
    private final CachedTickets cachedTickets;

    BootRows(Writes writes, SessionFactory sessions, AuditRows audit, TicketRows tickets, CachedTickets cachedTickets) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
        this.tickets = tickets;
        this.cachedTickets = cachedTickets;
    }

    @Override
    public Optional<EnrolledBoot> enrolled(BootIdentity identity) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            Optional<EnrollmentEntity> row =
                    switch (identity) {
                        case BootIdentity.OfGuid of -> EnrollmentRows.row(session, Subject.of(of.guid()));
                        case BootIdentity.OfAk of -> ofAk(session, of.ak());
                        case BootIdentity.OfEk of -> ofEk(session, of.ek());
                    };
            return row.map(known -> new EnrolledBoot(EnrollmentTable.enrollment(session, known), accepted(known)));
        }
    }

    private static Optional<EnrollmentEntity> ofAk(StatelessSession session, Name ak) {
        return session.createSelectionQuery("from EnrollmentEntity where akName = :ak", EnrollmentEntity.class)
                .setParameter("ak", ak.value().toArray())
                .getResultStream()
                .findFirst();
    }

    /** A TPM may have several device keys; the one that was enrolled last is meant. */
    private static Optional<EnrollmentEntity> ofEk(StatelessSession session, Name ek) {
        return session.createSelectionQuery(
                        "select e from EnrollmentEntity e, EnrolledEkEntity k where k.ekName = :ek and k.deviceKey = e.deviceKey"
                                + " order by e.enrolledAt desc",
                        EnrollmentEntity.class)
                .setParameter("ek", ek.value().toArray())
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    @Override
    public Optional<EnrolledAk> find(Name name) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return ofAk(session, name).map(row -> new EnrolledAk(TpmtPublic.decode(Bytes.of(row.akPublic)), lastClock(row)));
        }
    }

    private static Optional<ClockInfo> lastClock(EnrollmentEntity row) {
        return Optional.ofNullable(row.clockMillis).map(clock -> new ClockInfo(clock, row.resetCount, row.restartCount, row.clockSafe));
    }

    private static Optional<AcceptedBoot> accepted(EnrollmentEntity row) {
        return Optional.ofNullable(row.accepted).map(text -> new AcceptedBoot(PcrValues.parse(text), Instant.ofEpochMilli(row.acceptedAt)));
    }

    @Override
    public Optional<PcrValues> lastQuoted(Subject subject) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return EnrollmentRows.row(session, subject).map(row -> row.quoted).map(PcrValues::parse);
        }
    }

    @Override
    public Optional<KeptEvidence> lastEvidence(Subject subject) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return EnrollmentRows.row(session, subject).flatMap(row -> BootTable.evidence(session, row));
        }
    }

    @Override
    public Optional<BootVerdict> lastVerdict(Subject subject) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return EnrollmentRows.row(session, subject).flatMap(BootTable::verdict);
        }
    }

    @Override
    public List<Subject> letInBy(String policy, int limit) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return letIn(session, policy, limit).stream().map(row -> subject(session, row)).toList();
        }
    }

    private static List<EnrollmentEntity> letIn(StatelessSession session, String policy, int limit) {
        try (Stream<EnrollmentEntity> judged = session
                .createSelectionQuery("from EnrollmentEntity where judgedBy like :policy order by judgedAt desc", EnrollmentEntity.class)
                .setParameter("policy", "%" + policy + "%")
                .getResultStream()) {
            return judged.filter(row -> BootTable.verdict(row).filter(verdict -> verdict.isLetInBy(policy)).isPresent()).limit(limit).toList();
        }
    }

    /** By the GUID that it has now; by its key where it has none. */
    private static Subject subject(StatelessSession session, EnrollmentEntity row) {
        byte[] guid = session.createSelectionQuery(
                        "select v.guid from DeviceEntity d, VoucherEntity v where d.deviceKey = :key and v.deviceId = d.id"
                                + " order by v.createdAt desc",
                        byte[].class)
                .setParameter("key", row.deviceKey)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(row.guid);
        return new Subject(Bytes.of(guid == null ? row.deviceName : guid));
    }

    @Override
    public void quoted(VerifiedQuote quote, BootEvidence evidence, BootVerdict verdict, AuditEvent event) {
        List<Bytes> ended = writes.run(session -> {
            EnrollmentEntity row = ofAk(session, quote.ak()).orElseThrow(() -> Reason.AK_UNKNOWN.rejected("ak", quote.ak() + " was forgotten just now"));
            ClockInfo now = quote.clockInfo();
            lastClock(row).ifPresent(last -> QuoteVerifier.requireLater(now, last));
            row.clockMillis = now.clockMillis();
            row.resetCount = now.resetCount();
            row.restartCount = now.restartCount();
            row.clockSafe = now.safe();
            row.quoted = quote.values().toString();
            BootTable.set(row, verdict);
            session.update(row);
            BootTable.write(session, row, evidence, verdict.at());
            audit.insert(session, event);
            return verdict.rejection().isPresent() ? tickets.reject(session, row.deviceKey, verdict.at()) : List.of();
        });
        cachedTickets.drop(ended);
    }

    @Override
    public void acceptLast(Subject subject, AuditEvent event) {
        writes.run(session -> {
            EnrollmentEntity row = EnrollmentRows.row(session, subject)
                    .filter(known -> known.quoted != null)
                    .orElseThrow(() -> new Conflict("the device has not attested itself yet, so there is nothing to accept"));
            requireExtended(PcrValues.parse(row.quoted));
            row.accepted = row.quoted;
            row.acceptedAt = event.at().toEpochMilli();
            session.update(row);
            return audit.insert(session, event);
        });
    }

    private static void requireExtended(PcrValues quoted) {
        List<Finding> unextended = BootAppraiser.unextended(quoted);
        if (!unextended.isEmpty()) {
            throw new Conflict("the device would be refused from now on: nothing extended "
                    + unextended.stream().map(Finding::path).collect(Collectors.joining(", "))
                    + "; name in slipway.tpm.pcrs the registers and the bank that its firmware measures into, and let it attest itself once more");
        }
    }

    @Override
    public boolean recordOnly(Subject subject, AuditEvent event) {
        return writes.run(session -> {
            Optional<EnrollmentEntity> row = EnrollmentRows.row(session, subject).filter(known -> known.accepted != null);
            row.ifPresent(known -> {
                known.accepted = null;
                known.acceptedAt = null;
                session.update(known);
                audit.insert(session, event);
            });
            return row.isPresent();
        });
    }
}

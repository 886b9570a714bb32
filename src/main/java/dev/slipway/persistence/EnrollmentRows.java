package dev.slipway.persistence;

import dev.slipway.attestation.Reason;
import dev.slipway.attestation.enrollment.Contradiction;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.enrollment.EnrollmentStore;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.key.ProvenKeys;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.SubjectPublicKeyInfo;
import dev.slipway.fdo.voucher.TrustStore.Kind;
import dev.slipway.fdo.voucher.TrustStore;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmtPublic;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Enrolments in the database. A device is found by its key, whatever GUID its voucher has by now. */
@Singleton
public final class EnrollmentRows implements EnrollmentStore, ProvenKeys {

    private static final int MAX_CONTRADICTIONS = 16;

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    private final TrustStore trust;

    EnrollmentRows(Writes writes, SessionFactory sessions, AuditRows audit, TrustStore trust) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
        this.trust = trust;
    }

    @Override
    public Optional<Enrollment> ofGuid(Guid guid) {
        return find(Subject.of(guid));
    }

    @Override
    public Optional<Enrollment> ofKey(Name key) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("from EnrollmentEntity where akName = :name or deviceName = :name", EnrollmentEntity.class)
                    .setParameter("name", key.value().toArray())
                    .getResultStream()
                    .findFirst()
                    .map(row -> EnrollmentTable.enrollment(session, row));
        }
    }

    @Override
    public Optional<PublicKey> voucherKey(Guid guid) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return deviceKey(session, guid).map(SubjectPublicKeyInfo::decode);
        }
    }

    private static Optional<Bytes> deviceKey(StatelessSession session, Guid guid) {
        return session.createSelectionQuery(
                        "select d.deviceKey from DeviceEntity d, VoucherEntity v where v.guid = :guid and v.deviceId = d.id", byte[].class)
                .setParameter("guid", guid.value().toArray())
                .getResultStream()
                .findFirst()
                .map(Bytes::owning);
    }

    @Override
    public boolean isAccepted(Guid guid, Name ek) {
        return contradictions(Subject.of(guid)).stream().anyMatch(contradiction -> contradiction.accepted() && contradiction.ek().equals(ek));
    }

    @Override
    public boolean isPinned(Name ek) {
        return trust.list().stream()
                .filter(anchor -> anchor.kind() == Kind.TPM_EK)
                .anyMatch(anchor -> TpmtPublic.decodeSized(anchor.encoded()).name().equals(ek));
    }

    /** That they stay in their TPM was checked when they were enrolled. */
    @Override
    public boolean include(PublicKey deviceKey) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.get(EnrollmentEntity.class, deviceKey.getEncoded()) != null;
        }
    }

    @Override
    public Optional<Bytes> evidence(PublicKey deviceKey) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Optional.ofNullable(session.get(EnrollmentEntity.class, deviceKey.getEncoded()))
                    .flatMap(row -> Optional.ofNullable(row.evidence))
                    .map(Bytes::owning);
        }
    }

    @Override
    public Optional<Enrollment> find(Subject subject) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return row(session, subject).map(row -> EnrollmentTable.enrollment(session, row));
        }
    }

    static Optional<EnrollmentEntity> row(StatelessSession session, Subject subject) {
        Optional<EnrollmentEntity> ofDevice = subject.guid()
                .flatMap(guid -> deviceKey(session, guid))
                .map(key -> session.get(EnrollmentEntity.class, key.toArray()));
        return ofDevice.or(() -> session.createSelectionQuery("from EnrollmentEntity where guid = :key or deviceName = :key", EnrollmentEntity.class)
                .setParameter("key", subject.key().toArray())
                .getResultStream()
                .findFirst());
    }

    @Override
    public void bind(Enrollment enrollment, AuditEvent event) {
        writes.run(session -> {
            requireUnbound(session, enrollment);
            EnrollmentTable.write(session, enrollment);
            settle(session, Subject.of(enrollment.deviceKey().name()));
            enrollment.guid().map(Subject::of).ifPresent(subject -> settle(session, subject));
            return audit.insert(session, event);
        });
    }

    /** What was checked before the challenge, again: somebody else may have been bound since. */
    private static void requireUnbound(StatelessSession session, Enrollment enrollment) {
        Bytes key = Bytes.owning(EnrollmentTable.spki(enrollment.deviceKey()));
        enrollment.guid().ifPresent(guid -> {
            row(session, Subject.of(guid))
                    .filter(other -> !Bytes.of(other.deviceKey).equals(key))
                    .ifPresent(other -> giveWay(session, other, guid, enrollment));
            // One that said it has the GUID before there was a voucher, which is for this device key.
            session.createSelectionQuery("from EnrollmentEntity where guid = :guid and deviceKey <> :key", EnrollmentEntity.class)
                    .setParameter("guid", guid.value().toArray())
                    .setParameter("key", key.toArray())
                    .getResultStream()
                    .findFirst()
                    .ifPresent(other -> giveWay(session, other, guid, enrollment));
        });
        boolean akIsOthers = session.createSelectionQuery("from EnrollmentEntity where akName = :ak and deviceKey <> :key", EnrollmentEntity.class)
                .setParameter("ak", enrollment.ak().name().value().toArray())
                .setParameter("key", key.toArray())
                .getResultStream()
                .findFirst()
                .isPresent();
        if (akIsOthers) {
            throw Reason.GUID_BOUND_TO_OTHER_TPM.rejected("ak", "the AK " + enrollment.ak().name() + " is enrolled with another device key");
        }
    }

    /** An enrolment of the same GUID goes if it is of the same TPM, or an operator said that this one is right. */
    private static void giveWay(StatelessSession session, EnrollmentEntity other, Guid guid, Enrollment enrollment) {
        Name ek = enrollment.latestEk().name();
        boolean sameTpm = EnrollmentTable.enrollment(session, other).has(ek);
        boolean accepted =
                contradictions(session, Subject.of(guid)).stream().anyMatch(known -> known.accepted() && known.ek().equals(ek));
        if (!sameTpm && !accepted) {
            throw Reason.GUID_BOUND_TO_OTHER_TPM.rejected("guid", "is enrolled with another TPM; an operator has to decide which is right");
        }
        EnrollmentTable.delete(session, other);
    }

    /** What is claimed of one GUID of a device is claimed of the device. */
    private static List<byte[]> keys(StatelessSession session, Subject subject) {
        List<byte[]> ofDevice = subject.guid().map(guid -> session.createSelectionQuery(
                        "select other.guid from VoucherEntity v, VoucherEntity other where v.guid = :guid and other.deviceId = v.deviceId", byte[].class)
                .setParameter("guid", guid.value().toArray())
                .getResultList()).orElse(List.of());
        return Stream.concat(Stream.of(subject.key().toArray()), ofDevice.stream()).toList();
    }

    private static int settle(StatelessSession session, Subject subject) {
        return session.createMutationQuery("delete from ContradictionEntity where subject in :keys")
                .setParameterList("keys", keys(session, subject))
                .executeUpdate();
    }

    @Override
    public void contradict(Contradiction contradiction, AuditEvent event) {
        writes.run(session -> {
            List<Contradiction> known = contradictions(session, contradiction.subject());
            boolean isKnown = known.stream()
                    .anyMatch(other -> other.ek().equals(contradiction.ek()) && other.reason() == contradiction.reason());
            boolean matters = contradiction.reason() == Reason.GUID_LOCKED || known.size() < MAX_CONTRADICTIONS;
            if (!isKnown && matters) {
                session.insert(EnrollmentTable.row(contradiction));
                audit.insert(session, event);
            }
            return null;
        });
    }

    @Override
    public List<Contradiction> contradictions(Subject subject) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return contradictions(session, subject);
        }
    }

    private static List<Contradiction> contradictions(StatelessSession session, Subject subject) {
        return session.createSelectionQuery("from ContradictionEntity where subject in :keys order by at, ekName", ContradictionEntity.class)
                .setParameterList("keys", keys(session, subject))
                .getResultStream()
                .map(EnrollmentTable::contradiction)
                .toList();
    }

    @Override
    public boolean isLocked(Subject subject) {
        return contradictions(subject).stream().anyMatch(contradiction -> contradiction.reason() == Reason.GUID_LOCKED);
    }

    @Override
    public void accept(Subject subject, AuditEvent event) {
        writes.run(session -> {
            int accepted = session.createMutationQuery(
                            "update ContradictionEntity set accepted = true where subject in :keys and reason = :reason")
                    .setParameterList("keys", keys(session, subject))
                    .setParameter("reason", Reason.GUID_BOUND_TO_OTHER_TPM)
                    .executeUpdate();
            if (accepted != 1) {
                throw new Conflict(accepted == 0
                        ? "no other TPM claims this device"
                        : accepted + " other TPMs claim this device; reject them, and let the right one be enrolled once more");
            }
            return audit.insert(session, event);
        });
    }

    @Override
    public int reject(Subject subject, AuditEvent event) {
        return writes.run(session -> {
            int dropped = settle(session, subject);
            if (dropped > 0) {
                audit.insert(session, event);
            }
            return dropped;
        });
    }

    @Override
    public boolean forget(Subject subject, AuditEvent event) {
        return writes.run(session -> {
            Optional<EnrollmentEntity> row = row(session, subject);
            row.ifPresent(known -> {
                EnrollmentTable.delete(session, known);
                settle(session, new Subject(Bytes.of(known.deviceName)));
            });
            boolean any = settle(session, subject) > 0 || row.isPresent();
            if (any) {
                audit.insert(session, event);
            }
            return any;
        });
    }
}

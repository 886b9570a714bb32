package dev.slipway.persistence;

import dev.slipway.attestation.TpmIdentity;
import dev.slipway.attestation.enrollment.Contradiction;
import dev.slipway.attestation.enrollment.Enrollment;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmtPublic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Enrolments as rows. */
final class EnrollmentTable {

    private EnrollmentTable() {}

    /** SubjectPublicKeyInfo, as devices are known by. */
    static byte[] spki(TpmtPublic key) {
        return key.key().publicKey().getEncoded();
    }

    /** Writes it over the one that the device key had, if any; what was seen of its TPM's clock stays. */
    static void write(StatelessSession session, Enrollment enrollment) {
        EnrollmentEntity known = session.get(EnrollmentEntity.class, spki(enrollment.deviceKey()));
        EnrollmentEntity row = known == null ? new EnrollmentEntity() : known;
        byte[] ak = enrollment.ak().name().value().toArray();
        if (known != null && !Bytes.of(known.akName).equals(enrollment.ak().name().value())) {
            row.clockMillis = null;
            row.resetCount = null;
            row.restartCount = null;
            row.clockSafe = null;
            row.quoted = null;
            BootTable.forget(session, row);
        }
        row.deviceKey = spki(enrollment.deviceKey());
        row.guid = enrollment.guid().map(guid -> guid.value().toArray()).orElse(row.guid);
        row.devicePublic = enrollment.deviceKey().bytes().toArray();
        row.deviceName = enrollment.deviceKey().name().value().toArray();
        row.akPublic = enrollment.ak().bytes().toArray();
        row.akName = ak;
        row.ekStatus = enrollment.ekStatus();
        row.manufacturer = enrollment.tpm().map(TpmIdentity::manufacturerId).orElse(null);
        row.model = enrollment.tpm().map(TpmIdentity::model).orElse(null);
        row.version = enrollment.tpm().map(TpmIdentity::version).orElse(null);
        row.enrolledAt = enrollment.enrolledAt().toEpochMilli();
        row.evidence = enrollment.evidence().map(Bytes::toArray).orElse(null);
        if (known == null) {
            session.insert(row);
        } else {
            session.update(row);
        }
        writeEks(session, row, enrollment);
    }

    private static void writeEks(StatelessSession session, EnrollmentEntity row, Enrollment enrollment) {
        List<Bytes> known = eks(session, row).stream().map(ek -> Bytes.of(ek.ekName)).toList();
        for (TpmtPublic ek : enrollment.eks()) {
            boolean latest = ek.equals(enrollment.latestEk());
            if (latest || !known.contains(ek.name().value())) {
                EnrolledEkEntity ekRow = new EnrolledEkEntity();
                ekRow.deviceKey = row.deviceKey;
                ekRow.ekName = ek.name().value().toArray();
                ekRow.ekPublic = ek.bytes().toArray();
                ekRow.enrolledAt = latest ? row.enrolledAt : 0;
                session.upsert(ekRow);
            }
        }
    }

    private static List<EnrolledEkEntity> eks(StatelessSession session, EnrollmentEntity row) {
        return session.createSelectionQuery("from EnrolledEkEntity where deviceKey = :key order by enrolledAt, ekName", EnrolledEkEntity.class)
                .setParameter("key", row.deviceKey)
                .getResultList();
    }

    static Enrollment enrollment(StatelessSession session, EnrollmentEntity row) {
        return new Enrollment(
                Optional.ofNullable(row.guid).map(guid -> new Guid(Bytes.of(guid))),
                eks(session, row).stream().map(ek -> TpmtPublic.decode(Bytes.of(ek.ekPublic))).toList(),
                row.ekStatus,
                Optional.ofNullable(row.manufacturer).map(manufacturer -> new TpmIdentity(manufacturer, row.model, row.version)),
                TpmtPublic.decode(Bytes.of(row.akPublic)),
                TpmtPublic.decode(Bytes.of(row.devicePublic)),
                Optional.ofNullable(row.evidence).map(Bytes::of),
                Instant.ofEpochMilli(row.enrolledAt));
    }

    static void delete(StatelessSession session, EnrollmentEntity row) {
        BootTable.forget(session, row);
        session.createMutationQuery("delete from EnrolledEkEntity where deviceKey = :key").setParameter("key", row.deviceKey).executeUpdate();
        session.delete(row);
    }

    static ContradictionEntity row(Contradiction contradiction) {
        ContradictionEntity row = new ContradictionEntity();
        row.subject = contradiction.subject().key().toArray();
        row.ekName = contradiction.ek().value().toArray();
        row.reason = contradiction.reason();
        row.deviceName = contradiction.deviceKey().value().toArray();
        row.at = contradiction.at().toEpochMilli();
        row.accepted = contradiction.accepted();
        return row;
    }

    static Contradiction contradiction(ContradictionEntity row) {
        return new Contradiction(
                new Subject(Bytes.of(row.subject)),
                new Name(Bytes.of(row.ekName)),
                new Name(Bytes.of(row.deviceName)),
                row.reason,
                Instant.ofEpochMilli(row.at),
                row.accepted);
    }
}

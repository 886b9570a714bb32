package dev.slipway.persistence;

import dev.slipway.attestation.Reason;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Arrays;

/** What an operator has to decide about the enrolment of a device. */
@Entity
@Table(name = "enrollment_contradiction")
@IdClass(ContradictionEntity.Key.class)
public class ContradictionEntity extends PanacheEntityBase {

    /** What it is found by. */
    public static class Key implements Serializable {
        public byte[] subject;
        public byte[] ekName;
        public Reason reason;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(subject, key.subject) && Arrays.equals(ekName, key.ekName) && reason == key.reason;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ekName);
        }
    }

    @Id
    public byte[] subject;

    @Id
    @Column(name = "ek_name")
    public byte[] ekName;

    @Id
    @Enumerated(EnumType.STRING)
    @Column(length = 32)
    public Reason reason;

    @Column(name = "device_name")
    public byte[] deviceName;

    public long at;

    public boolean accepted;
}

package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Arrays;

/** An EK that a TPM was enrolled by. */
@Entity
@Table(name = "enrolled_ek")
@IdClass(EnrolledEkEntity.Key.class)
public class EnrolledEkEntity extends PanacheEntityBase {

    /** What it is found by. */
    public static class Key implements Serializable {
        public byte[] deviceKey;
        public byte[] ekName;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(deviceKey, key.deviceKey) && Arrays.equals(ekName, key.ekName);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ekName);
        }
    }

    @Id
    @Column(name = "device_key")
    public byte[] deviceKey;

    @Id
    @Column(name = "ek_name")
    public byte[] ekName;

    @Column(name = "ek_public")
    public byte[] ekPublic;

    @Column(name = "enrolled_at")
    public long enrolledAt;
}

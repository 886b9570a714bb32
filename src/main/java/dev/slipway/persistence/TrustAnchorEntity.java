package dev.slipway.persistence;

import dev.slipway.fdo.voucher.TrustStore.Kind;
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

/** Somebody whom the operator listed. */
@Entity
@Table(name = "trust_anchor")
@IdClass(TrustAnchorEntity.Key.class)
public class TrustAnchorEntity extends PanacheEntityBase {

    /** What an entry is found by. */
    public static class Key implements Serializable {
        public Kind kind;
        public byte[] fingerprint;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && kind == key.kind && Arrays.equals(fingerprint, key.fingerprint);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(fingerprint);
        }
    }

    @Id
    @Enumerated(EnumType.STRING)
    @Column(length = 16)
    public Kind kind;

    @Id
    public byte[] fingerprint;

    public byte[] encoded;

    @Column(length = 1024)
    public String name;

    @Column(name = "added_at")
    public long addedAt;
}

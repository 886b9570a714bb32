package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A policy as somebody applied it. */
@Entity
@Table(name = "policy_revision")
@IdClass(PolicyRevisionEntity.Key.class)
public class PolicyRevisionEntity extends PanacheEntityBase {

    /** What a revision is found by. */
    public static class Key implements Serializable {
        public String policy;
        public int number;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && policy.equals(key.policy) && number == key.number;
        }

        @Override
        public int hashCode() {
            return 31 * policy.hashCode() + number;
        }
    }

    @Id
    @Column(length = 100)
    public String policy;

    @Id
    public int number;

    public byte[] hash;

    public String author;

    @Column(length = 1024)
    public String comment;

    @Column(name = "created_at")
    public long createdAt;

    public byte[] contents;
}

package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** Something in a revision of a profile; {@code contents} is absent where they are in the data folder. */
@Entity
@Table(name = "profile_entry")
@IdClass(ProfileEntryEntity.Key.class)
public class ProfileEntryEntity extends PanacheEntityBase {

    enum Kind {
        FILE,
        LINK,
        FOLDER
    }

    /** What an entry is found by. */
    public static class Key implements Serializable {
        public String profile;
        public int number;
        public String path;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && profile.equals(key.profile) && number == key.number && path.equals(key.path);
        }

        @Override
        public int hashCode() {
            return 31 * profile.hashCode() + number + path.hashCode();
        }
    }

    @Id
    @Column(length = 100)
    public String profile;

    @Id
    public int number;

    @Id
    @Column(length = 4096)
    public String path;

    @Enumerated(EnumType.STRING)
    @Column(length = 8)
    public Kind kind;

    public boolean executable;

    public long length;

    public byte[] sha256;

    public byte[] sha384;

    @Column(length = 4096)
    public String target;

    public byte[] contents;
}

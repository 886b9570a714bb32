package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of a table that is being read; see {@link DeviceRowEntity}. */
@Entity
@Table(name = "device_row_upload")
@IdClass(UploadedRowEntity.Key.class)
public class UploadedRowEntity extends PanacheEntityBase {

    /** What a row is found by. */
    public static class Key implements Serializable {
        public UUID upload;
        public String device;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Objects.equals(upload, key.upload) && Objects.equals(device, key.device);
        }

        @Override
        public int hashCode() {
            return Objects.hash(upload, device);
        }
    }

    @Id
    public UUID upload;

    @Id
    public String device;

    /** False for one that is there already as it is. */
    public boolean changed;

    @Column(name = "group_name", length = 100)
    public String groupName;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> labels;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> parameters;

    public byte[] sealed;
}

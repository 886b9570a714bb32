package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What an operator assigned to one device. */
@Entity
@Table(name = "device_assignment")
public class AssignmentEntity extends PanacheEntityBase {

    @Id
    @Column(name = "device_id")
    public UUID deviceId;

    public long version;

    @Column(length = 100)
    public String profile;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> parameters;

    public byte[] sealed;

    @Column(name = "changed_at")
    public long changedAt;
}

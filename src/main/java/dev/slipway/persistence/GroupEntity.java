package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A rule that selects devices. */
@Entity
@Table(name = "device_group")
public class GroupEntity extends PanacheEntityBase {

    @Id
    @Column(length = 100)
    public String name;

    public long version;

    public int priority;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> selector;

    @Column(length = 100)
    public String profile;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> parameters;

    public byte[] sealed;

    @Column(length = 1000)
    public String comment;

    @Column(name = "changed_at")
    public long changedAt;
}

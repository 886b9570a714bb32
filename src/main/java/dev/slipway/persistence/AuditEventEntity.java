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

/** One line of the audit log; never changed. */
@Entity
@Table(name = "audit_event")
public class AuditEventEntity extends PanacheEntityBase {

    @Id
    public UUID id;

    @Column(length = 64)
    public String event;

    public long at;

    @Column(length = 64)
    public String actor;

    @Column(length = 36)
    public String guid;

    @Column(length = 16)
    public String outcome;

    @Column(length = 64)
    public String reason;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> facts;
}

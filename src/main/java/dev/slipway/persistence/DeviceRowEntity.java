package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of the table of devices: what is given to the one with this serial or GUID. */
@Entity
@Table(name = "device_row")
public class DeviceRowEntity extends PanacheEntityBase {

    @Id
    public String device;

    @Column(name = "group_name", length = 100)
    public String groupName;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> labels;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> parameters;

    public byte[] sealed;
}

package dev.slipway.persistence;

import dev.slipway.device.DeviceState;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A device; instants are milliseconds since 1970. */
@Entity
@Table(name = "device")
public class DeviceEntity extends PanacheEntityBase {

    static final int MAX_MANUFACTURER_CHARACTERS = 255;

    @Id
    public UUID id;

    @Column(name = "device_key")
    public byte[] deviceKey;

    public String serial;

    @Column(name = "device_info", length = 1024)
    public String deviceInfo;

    public String manufacturer = "";

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, String> labels = Map.of();

    @Enumerated(EnumType.STRING)
    @Column(length = 32)
    public DeviceState state;

    public long since;

    @Column(name = "onboarded_at")
    public Long onboardedAt;
}

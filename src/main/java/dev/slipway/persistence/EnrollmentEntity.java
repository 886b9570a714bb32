package dev.slipway.persistence;

import dev.slipway.attestation.enrollment.EkStatus;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A device key that is in one TPM; instants are milliseconds since 1970. */
@Entity
@Table(name = "enrollment")
public class EnrollmentEntity extends PanacheEntityBase {

    private static final int MAX_PCRS = 8192;

    @Id
    @Column(name = "device_key")
    public byte[] deviceKey;

    public byte[] guid;

    @Column(name = "device_public")
    public byte[] devicePublic;

    @Column(name = "device_name")
    public byte[] deviceName;

    @Column(name = "ak_public")
    public byte[] akPublic;

    @Column(name = "ak_name")
    public byte[] akName;

    @Enumerated(EnumType.STRING)
    @Column(name = "ek_status", length = 16)
    public EkStatus ekStatus;

    @Column(length = 8)
    public String manufacturer;

    @Column(length = 64)
    public String model;

    @Column(length = 16)
    public String version;

    @Column(name = "enrolled_at")
    public long enrolledAt;

    /** TpmEvidence; null in rows that were made before it was kept. */
    public byte[] evidence;

    /** Of the last quote, as all below; null before the first. */
    @Column(name = "clock_millis")
    public Long clockMillis;

    @Column(name = "reset_count")
    public Long resetCount;

    @Column(name = "restart_count")
    public Long restartCount;

    @Column(name = "clock_safe")
    public Boolean clockSafe;

    @Column(length = MAX_PCRS)
    public String quoted;

    /** What an operator accepted of these; null where all is recorded only. */
    @Column(length = MAX_PCRS)
    public String accepted;

    @Column(name = "accepted_at")
    public Long acceptedAt;

    /** When the last quote was judged; null before the first. */
    @Column(name = "judged_at")
    public Long judgedAt;

    /** Null where it was recorded only. */
    @Column(name = "judged_by", length = 1024)
    public String judgedBy;

    @Column(length = 255)
    public String image;

    @JdbcTypeCode(SqlTypes.JSON)
    public List<Map<String, String>> findings;
}

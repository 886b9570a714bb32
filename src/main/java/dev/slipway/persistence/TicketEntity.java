package dev.slipway.persistence;

import dev.slipway.device.ProofLevel;
import dev.slipway.ignition.ticket.Proof;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A ticket; instants are milliseconds since 1970. */
@Entity
@Table(name = "ticket")
public class TicketEntity extends PanacheEntityBase {

    static final int MAX_SERIAL_CHARACTERS = 1024;
    static final int MAX_REVISIONS_CHARACTERS = 4096;

    /** How far it has come; one that is past {@link #until} in one of the first three has expired. */
    public enum State {
        AWAITING_APPROVAL,
        UNUSED,
        LEASED,
        REPORTED,
        REVOKED,
        SUPERSEDED,
        REJECTED
    }

    @Id
    public byte[] hash;

    @Column(name = "device_id")
    public UUID deviceId;

    public byte[] guid;

    @Column(name = "stated_serial", length = MAX_SERIAL_CHARACTERS)
    public String statedSerial;

    /** What was leased, lowest first, as {@code NAME@SHA256} with blanks between. */
    @Column(length = MAX_REVISIONS_CHARACTERS)
    public String revisions;

    @Column(length = 512)
    public String audience;

    @Enumerated(EnumType.STRING)
    @Column(length = 16)
    public ProofLevel level;

    @Enumerated(EnumType.STRING)
    @Column(length = 16)
    public Proof.Means means;

    @Column(name = "minted_at")
    public long mintedAt;

    @Enumerated(EnumType.STRING)
    @Column(length = 32)
    public State state;

    public long until;

    @Column(name = "leased_at")
    public Long leasedAt;

    @Column(length = 64)
    public String consumer;

    @Column(name = "ended_at")
    public Long endedAt;

    @Column(name = "alarm_at")
    public Long alarmAt;

    @Column(name = "alarm_consumer", length = 64)
    public String alarmConsumer;
}

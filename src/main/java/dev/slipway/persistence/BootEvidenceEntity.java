package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a device sent when it booted last; null for what it did not send. */
@Entity
@Table(name = "boot_evidence")
public class BootEvidenceEntity extends PanacheEntityBase {

    @Id
    @Column(name = "device_key")
    public byte[] deviceKey;

    public long at;

    public byte[] quote;

    public byte[] signature;

    public byte[] pcrs;

    @Column(name = "event_log")
    public byte[] eventLog;

    @Column(name = "userspace_log")
    public byte[] userspaceLog;

    @Column(name = "pcr_signature")
    public byte[] pcrSignature;
}

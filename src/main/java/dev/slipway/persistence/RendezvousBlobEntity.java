package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A registration at the rendezvous service. */
@Entity
@Table(name = "rendezvous_blob")
public class RendezvousBlobEntity extends PanacheEntityBase {

    @Id
    public byte[] guid;

    public byte[] to1d;

    @Column(name = "device_key")
    public byte[] deviceKey;

    /** Hashes of 32 octets, one after the other. */
    @Column(name = "owner_path")
    public byte[] ownerPath;

    @Column(name = "expires_at")
    public Long expiresAt;
}

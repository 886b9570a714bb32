package dev.slipway.persistence;

import dev.slipway.ignition.spec.IgnitionVersion;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The config that a ticket is leased with. */
@Entity
@Table(name = "lease")
public class LeaseEntity extends PanacheEntityBase {

    /** The ticket's. */
    @Id
    public byte[] hash;

    @Enumerated(EnumType.STRING)
    @Column(length = 8)
    public IgnitionVersion version;

    public byte[] sealed;
}

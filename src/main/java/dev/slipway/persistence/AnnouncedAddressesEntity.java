package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What all of our own registrations at our own rendezvous service tell. */
@Entity
@Table(name = "announced_addresses")
public class AnnouncedAddressesEntity extends PanacheEntityBase {

    static final int ONLY = 1;

    @Id
    public int id = ONLY;

    public byte[] addresses;
}

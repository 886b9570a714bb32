package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A registration at somebody else's rendezvous server; instants are milliseconds since 1970. */
@Entity
@Table(name = "registration")
public class RegistrationEntity extends PanacheEntityBase {

    static final int MAX_ERROR_CHARACTERS = 1024;

    @Id
    public UUID id;

    public byte[] guid;

    @Column(length = 512)
    public String server;

    @Column(name = "next_attempt")
    public long nextAttempt;

    public boolean accepted;

    @Column(name = "granted_until")
    public Long grantedUntil;

    public int failures;

    @Column(name = "last_error", length = MAX_ERROR_CHARACTERS)
    public String lastError;

    @Column(name = "last_attempt")
    public Long lastAttempt;

    public byte[] addresses;
}

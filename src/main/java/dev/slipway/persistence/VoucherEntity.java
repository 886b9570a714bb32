package dev.slipway.persistence;

import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A voucher as it was verified; a retired one may have no octets any more. Instants are milliseconds since 1970. */
@Entity
@Table(name = "voucher")
public class VoucherEntity extends PanacheEntityBase {

    @Id
    public byte[] guid;

    @Column(name = "device_id")
    public UUID deviceId;

    public byte[] encoded;

    @Enumerated(EnumType.STRING)
    @Column(length = 16)
    public VoucherState state;

    @Enumerated(EnumType.STRING)
    @Column(length = 16)
    public StoredVoucher.Source source;

    public boolean trusted;

    public byte[] predecessor;

    public boolean seen;

    @Column(name = "created_at")
    public long createdAt;

    @Column(name = "retired_at")
    public Long retiredAt;
}

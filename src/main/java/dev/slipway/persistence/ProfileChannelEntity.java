package dev.slipway.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Which revisions of a profile devices get; without a canary there is no percentage. */
@Entity
@Table(name = "profile_channel")
public class ProfileChannelEntity extends PanacheEntityBase {

    @Id
    @Column(length = 100)
    public String profile;

    public long version;

    public int stable;

    public Integer canary;

    public Integer percent;
}

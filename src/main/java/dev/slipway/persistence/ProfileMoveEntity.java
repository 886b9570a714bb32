package dev.slipway.persistence;

import dev.slipway.ignition.rollout.Move;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A change of the channels of a profile. */
@Entity
@Table(name = "profile_move")
public class ProfileMoveEntity extends PanacheEntityBase {

    @Id
    public UUID id;

    @Column(length = 100)
    public String profile;

    public long at;

    @Enumerated(EnumType.STRING)
    @Column(length = 16)
    public Move.Action action;

    public String author;

    @Column(length = 1024)
    public String comment;

    public int stable;

    public Integer canary;

    public Integer percent;
}

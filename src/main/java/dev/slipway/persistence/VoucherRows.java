package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.di.ManufacturedDevice;
import dev.slipway.fdo.to2.Onboarding;
import dev.slipway.fdo.to2.OwnedVoucher;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * Vouchers and the devices they are for, as tables.
 *
 * <p>A TO2 leaves two active vouchers: the one it was done under, and its replacement, which is unseen until the device comes with it. When
 * it does, the older one is retired. When it comes with the older one instead, because an answer was lost, the next TO2 retires the unseen
 * replacement.
 */
@Singleton
public final class VoucherRows implements ManufacturedDevice.Repository, Onboarding.Repository {

    private final Writes writes;
    private final SessionFactory sessions;
    private final RendezvousRows rendezvous;
    private final AuditRows audit;
    private final RandomSource random;

    public VoucherRows(Writes writes, SessionFactory sessions, RendezvousRows rendezvous, AuditRows audit, RandomSource random) {
        this.writes = writes;
        this.sessions = sessions;
        this.rendezvous = rendezvous;
        this.audit = audit;
        this.random = random;
    }

    @Override
    public void store(ManufacturedDevice made) {
        writes.run(session -> {
            Instant now = made.event().at();
            DeviceEntity device = deviceWithKey(session, made.deviceKey()).orElse(null);
            if (device == null) {
                device = new DeviceEntity();
                device.id = Uuid7.next(now, random);
                device.deviceKey = made.deviceKey().toArray();
                device.since = now.toEpochMilli();
                describe(device, made);
                session.insert(device);
            } else {
                describe(device, made);
                session.update(device);
            }
            session.insert(row(made.voucher(), device.id, Optional.empty(), now));
            rendezvous.register(session, made.blob(), now);
            return audit.insert(session, made.event());
        });
    }

    private static void describe(DeviceEntity device, ManufacturedDevice made) {
        device.serial = made.serial();
        device.deviceInfo = made.voucher().voucher().header().value().deviceInfo();
        device.state = DeviceState.ANNOUNCED;
    }

    @Override
    public Optional<OwnedVoucher> find(Guid guid) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Optional.ofNullable(session.get(VoucherEntity.class, guid.value().toArray()))
                    .filter(row -> row.state == VoucherEntity.State.ACTIVE)
                    .map(row -> new OwnedVoucher(
                            VerifiedVoucher.fromStorage(OwnershipVoucher.decode(Bytes.owning(row.encoded))),
                            Optional.ofNullable(row.predecessor).filter(before -> !row.seen).map(before -> new Guid(Bytes.owning(before)))));
        }
    }

    @Override
    public void complete(Onboarding onboarding) {
        writes.run(session -> {
            VoucherEntity current = session.get(VoucherEntity.class, onboarding.guid().value().toArray());
            if (current == null || current.state != VoucherEntity.State.ACTIVE) {
                throw new Conflict("the voucher for " + onboarding.guid() + " was retired while the device onboarded");
            }
            unseenSuccessors(session, onboarding.guid()).forEach(unseen -> retire(session, unseen));
            onboarding.replacement().ifPresent(replacement -> {
                session.insert(row(replacement.voucher(), current.deviceId, Optional.of(onboarding.guid()), onboarding.at()));
                rendezvous.register(session, replacement.blob(), onboarding.at());
            });
            DeviceEntity device = session.get(DeviceEntity.class, current.deviceId);
            device.state = DeviceState.ONBOARDED;
            device.onboardedAt = onboarding.at().toEpochMilli();
            session.update(device);
            return audit.insert(session, onboarding.event());
        });
    }

    @Override
    public void retirePredecessor(Guid current, AuditEvent event) {
        writes.run(session -> {
            VoucherEntity row = session.get(VoucherEntity.class, current.value().toArray());
            if (row == null || row.seen) {
                return null;
            }
            row.seen = true;
            session.update(row);
            VoucherEntity predecessor = session.get(VoucherEntity.class, row.predecessor);
            retire(session, predecessor);
            return audit.insert(session, event);
        });
    }

    private static Optional<DeviceEntity> deviceWithKey(StatelessSession session, Bytes deviceKey) {
        return session.createSelectionQuery("from DeviceEntity where deviceKey = :key", DeviceEntity.class)
                .setParameter("key", deviceKey.toArray())
                .getResultStream()
                .findFirst();
    }

    private static List<VoucherEntity> unseenSuccessors(StatelessSession session, Guid guid) {
        return session.createSelectionQuery(
                        "from VoucherEntity where predecessor = :guid and seen = false and state = :active", VoucherEntity.class)
                .setParameter("guid", guid.value().toArray())
                .setParameter("active", VoucherEntity.State.ACTIVE)
                .getResultList();
    }

    private static void retire(StatelessSession session, VoucherEntity voucher) {
        voucher.state = VoucherEntity.State.RETIRED;
        session.update(voucher);
        RendezvousRows.delete(session, new Guid(Bytes.owning(voucher.guid)));
    }

    private static VoucherEntity row(VerifiedVoucher voucher, UUID deviceId, Optional<Guid> predecessor, Instant now) {
        VoucherEntity row = new VoucherEntity();
        row.guid = voucher.guid().value().toArray();
        row.deviceId = deviceId;
        row.encoded = voucher.voucher().encoded().toArray();
        row.state = VoucherEntity.State.ACTIVE;
        row.predecessor = predecessor.map(guid -> guid.value().toArray()).orElse(null);
        row.seen = predecessor.isEmpty();
        row.createdAt = now.toEpochMilli();
        return row;
    }
}

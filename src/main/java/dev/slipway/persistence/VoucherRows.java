package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.di.ManufacturedDevice;
import dev.slipway.fdo.owner.StoredVoucher.Source;
import dev.slipway.fdo.to2.Onboarding;
import dev.slipway.fdo.to2.OwnedVoucher;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * Vouchers as the protocols use them.
 *
 * <p>A TO2 leaves two active vouchers: the one it was done under, and its replacement, which is unseen until the device comes with it. When
 * it does, the older one is retired. When it comes with the older one instead, because an answer was lost, the next TO2 retires the unseen
 * replacement.
 */
@Singleton
public final class VoucherRows implements ManufacturedDevice.Repository, Onboarding.Repository {

    /** What of it a TO2 goes by that completes. */
    private record ActiveVoucher(byte[] guid, UUID deviceId, boolean trusted) {}

    private final Writes writes;
    private final SessionFactory sessions;
    private final VoucherTable table;
    private final AuditRows audit;

    public VoucherRows(Writes writes, SessionFactory sessions, VoucherTable table, AuditRows audit) {
        this.writes = writes;
        this.sessions = sessions;
        this.table = table;
        this.audit = audit;
    }

    @Override
    public void store(ManufacturedDevice made) {
        writes.run(session -> {
            Instant now = made.event().at();
            DeviceState state = VoucherTable.deviceState(made.state(), made.announcement());
            VerifiedVoucher voucher = made.voucher();
            DeviceEntity device = table.device(
                    session, made.deviceKey(), Optional.of(made.serial()), state, voucher.voucher(), now);
            table.insert(session, voucher, made.state(), Source.MANUFACTURED, true, device.id, Optional.empty(), now);
            table.announceNew(session, voucher.guid(), made.announcement(), now);
            return audit.insert(session, made.event());
        });
    }

    @Override
    public Optional<OwnedVoucher> find(Guid guid) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Optional.ofNullable(VoucherTable.get(session, guid))
                    .filter(row -> row.state == VoucherState.ACTIVE)
                    .map(row -> new OwnedVoucher(
                            VoucherTable.voucher(row),
                            Optional.ofNullable(row.predecessor).filter(before -> !row.seen).map(before -> new Guid(Bytes.owning(before)))));
        }
    }

    @Override
    public void complete(Onboarding onboarding) {
        writes.run(session -> {
            List<ActiveVoucher> vouchers = withUnseenSuccessors(session, onboarding.guid());
            ActiveVoucher current = vouchers.stream()
                    .filter(voucher -> Arrays.equals(voucher.guid, onboarding.guid().value().toArray()))
                    .findFirst()
                    .orElseThrow(() -> new Conflict("the voucher for " + onboarding.guid() + " was retired while the device onboarded"));
            vouchers.stream()
                    .filter(other -> other != current)
                    .forEach(unseen -> VoucherTable.retire(session, session.get(VoucherEntity.class, unseen.guid), onboarding.at()));
            onboarding.replacement().ifPresent(replacement -> {
                VerifiedVoucher voucher = replacement.voucher();
                table.insert(
                        session,
                        voucher,
                        VoucherState.ACTIVE,
                        Source.REPLACEMENT,
                        current.trusted,
                        current.deviceId,
                        Optional.of(onboarding.guid()),
                        onboarding.at());
                table.announceNew(session, voucher.guid(), replacement.announcement(), onboarding.at());
            });
            // Hibernate translates an update of its own language again each time.
            session.createNativeMutationQuery("update device set state = :onboarded, onboarded_at = :at where id = :id")
                    .setParameter("onboarded", DeviceState.ONBOARDED.name())
                    .setParameter("at", onboarding.at().toEpochMilli())
                    .setParameter("id", current.deviceId)
                    .executeUpdate();
            return audit.insert(session, onboarding.event());
        });
    }

    @Override
    public void retirePredecessor(Guid current, AuditEvent event) {
        writes.run(session -> {
            VoucherEntity row = VoucherTable.get(session, current);
            if (row == null || row.seen) {
                return null;
            }
            row.seen = true;
            session.update(row);
            VoucherTable.retire(session, session.get(VoucherEntity.class, row.predecessor), event.at());
            return audit.insert(session, event);
        });
    }

    /** The voucher of this GUID, and those that earlier repetitions of its TO2 left behind; if they are active. */
    private static List<ActiveVoucher> withUnseenSuccessors(StatelessSession session, Guid guid) {
        return session.createSelectionQuery(
                        "select v.guid, v.deviceId, v.trusted from VoucherEntity v"
                                + " where v.deviceId = (select of.deviceId from VoucherEntity of where of.guid = :guid)"
                                + " and v.state = :active and (v.guid = :guid or v.predecessor = :guid and v.seen = false)",
                        ActiveVoucher.class)
                .setParameter("guid", guid.value().toArray())
                .setParameter("active", VoucherState.ACTIVE)
                .getResultList();
    }
}

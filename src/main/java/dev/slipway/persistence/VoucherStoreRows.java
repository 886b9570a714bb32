package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.owner.ListedVoucher;
import dev.slipway.fdo.owner.StoredVoucher.Source;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.owner.VoucherStore;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/** Vouchers as an operator sees them. */
@Singleton
public final class VoucherStoreRows implements VoucherStore {

    private static final String OF_DEVICE = "from VoucherEntity v join DeviceEntity d on d.id = v.deviceId ";
    private static final String WITH_SERIAL = "select v, d.serial " + OF_DEVICE;
    private static final String LISTED = "select v.guid, v.state, v.source, v.trusted, v.createdAt, d.serial, d.deviceInfo " + OF_DEVICE;
    private static final String NEWEST_FIRST = "order by v.createdAt desc, v.guid";

    private static final int PURGED_AT_ONCE = 200;

    private final Writes writes;
    private final SessionFactory sessions;
    private final VoucherTable table;
    private final AuditRows audit;

    public VoucherStoreRows(Writes writes, SessionFactory sessions, VoucherTable table, AuditRows audit) {
        this.writes = writes;
        this.sessions = sessions;
        this.table = table;
        this.audit = audit;
    }

    @Override
    public Optional<StoredVoucher> find(Guid guid) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return find(session, guid);
        }
    }

    private static Optional<StoredVoucher> find(StatelessSession session, Guid guid) {
        return session.createSelectionQuery(WITH_SERIAL + "where v.guid = :guid", Object[].class)
                .setParameter("guid", guid.value().toArray())
                .getResultStream()
                .findFirst()
                .map(VoucherStoreRows::stored);
    }

    @Override
    public List<ListedVoucher> list(Optional<Position> after, int limit) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            String beyond = after.isEmpty() ? "" : "where v.createdAt < :since or (v.createdAt = :since and v.guid > :guid) ";
            SelectionQuery<Object[]> query = session.createSelectionQuery(LISTED + beyond + NEWEST_FIRST, Object[].class);
            after.ifPresent(position -> query.setParameter("since", position.since().toEpochMilli())
                    .setParameter("guid", position.guid().value().toArray()));
            return query.setMaxResults(limit).getResultStream().map(VoucherStoreRows::listed).toList();
        }
    }

    private static ListedVoucher listed(Object[] columns) {
        return new ListedVoucher(
                new Guid(Bytes.owning((byte[]) columns[0])),
                (VoucherState) columns[1],
                (Source) columns[2],
                (Boolean) columns[3],
                Instant.ofEpochMilli((Long) columns[4]),
                (String) columns[5],
                (String) columns[6]);
    }

    /** @throws Conflict if there is no more of it than its GUID */
    private static StoredVoucher stored(Object[] columns) {
        VoucherEntity row = (VoucherEntity) columns[0];
        if (!VoucherTable.hasOctets(row)) {
            throw new Conflict("the device " + new Guid(Bytes.owning(row.guid)) + " got another voucher long ago, and this one was deleted; "
                    + "see ./slipway device show and slipway.retention.retired-vouchers");
        }
        return new StoredVoucher(
                VoucherTable.voucher(row), row.state, row.source, row.trusted, Instant.ofEpochMilli(row.createdAt), (String) columns[1]);
    }

    @Override
    public CompletableFuture<Added> add(Imported imported) {
        return writes.submit(session -> {
            Optional<StoredVoucher> known = find(session, imported.voucher().guid());
            if (known.isPresent() && !returns(imported.voucher(), known.get())) {
                return new Added.Known(known.get());
            }
            if (known.isPresent()) {
                takeBack(session, imported);
            } else {
                insert(session, imported);
            }
            table.announce(session, imported.voucher().guid(), imported.announcement(), imported.event().at());
            audit.insert(session, imported.event());
            return known.<Added>map(Added.Returned::new).orElseGet(Added.New::new);
        });
    }

    private static boolean returns(VerifiedVoucher voucher, StoredVoucher known) {
        return known.state() == VoucherState.RELEASED && voucher.voucher().continues(known.voucher().voucher());
    }

    private void insert(StatelessSession session, Imported imported) {
        VerifiedVoucher voucher = imported.voucher();
        Instant now = imported.event().at();
        Bytes deviceKey = Bytes.owning(voucher.deviceChain().leafKey().getEncoded());
        DeviceState state = VoucherTable.deviceState(VoucherState.ACTIVE, imported.announcement());
        DeviceEntity device = table.device(session, deviceKey, Optional.empty(), state, voucher.voucher(), now);
        table.insert(session, voucher, VoucherState.ACTIVE, Source.IMPORTED, imported.trusted(), device.id, Optional.empty(), now);
    }

    private static void takeBack(StatelessSession session, Imported imported) {
        VoucherEntity row = VoucherTable.get(session, imported.voucher().guid());
        row.encoded = imported.voucher().voucher().encoded().toArray();
        row.state = VoucherState.ACTIVE;
        row.source = Source.IMPORTED;
        row.trusted = imported.trusted();
        row.createdAt = imported.event().at().toEpochMilli();
        session.update(row);
        setState(session, row, VoucherState.ACTIVE, imported.announcement());
    }

    private static void setState(StatelessSession session, VoucherEntity voucher, VoucherState state, Announcement announcement) {
        DeviceEntity device = session.get(DeviceEntity.class, voucher.deviceId);
        device.state = VoucherTable.deviceState(state, announcement);
        session.update(device);
    }

    @Override
    public void extend(StoredVoucher before, VerifiedVoucher extended, VoucherState state, Announcement announcement, AuditEvent event) {
        writes.run(session -> {
            VoucherEntity row = VoucherTable.get(session, before.guid());
            if (row == null || row.state != before.state() || !Bytes.of(row.encoded).equals(before.voucher().voucher().encoded())) {
                throw new Conflict("the voucher for " + before.guid() + " was changed by somebody else; look at it and try again");
            }
            row.encoded = extended.voucher().encoded().toArray();
            row.state = state;
            session.update(row);
            VoucherTable.withdraw(session, before.guid());
            table.announce(session, before.guid(), announcement, event.at());
            if (state != before.state()) {
                setState(session, row, state, announcement);
            }
            return audit.insert(session, event);
        });
    }

    /**
     * Deletes the octets of vouchers that were retired by {@code before}; their devices, and all GUIDs of these, stay.
     *
     * @return how many there were
     */
    public int deleteRetired(Instant before) {
        int deleted = 0;
        for (int more = PURGED_AT_ONCE; more == PURGED_AT_ONCE; deleted += more) {
            more = writes.run(session -> deleteRetired(session, before));
        }
        return deleted;
    }

    private static int deleteRetired(StatelessSession session, Instant before) {
        List<VoucherEntity> retired = session.createSelectionQuery("from VoucherEntity where retiredAt <= :before", VoucherEntity.class)
                .setParameter("before", before.toEpochMilli())
                .setMaxResults(PURGED_AT_ONCE)
                .getResultList();
        for (VoucherEntity row : retired) {
            row.encoded = new byte[0];
            row.retiredAt = null;
            session.update(row);
        }
        return retired.size();
    }
}

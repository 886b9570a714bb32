package dev.slipway.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import dev.slipway.ignition.assignment.DeviceEntry;
import dev.slipway.ignition.assignment.DeviceNames;
import dev.slipway.ignition.assignment.EntryStore;
import dev.slipway.ignition.assignment.Names;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** What single devices are given, as tables; what was read of a device is kept until anything is changed that may be about it. */
@Singleton
public final class EntryRows implements EntryStore {

    private static final long MAX_KEPT = 50_000;

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    private final GivenColumns columns;
    private final ConfigChanges changes;
    private final Cache<UUID, Kept> kept = Caffeine.newBuilder().maximumSize(MAX_KEPT).build();
    private volatile Tables tables = new Tables(-1, true, true);

    /** @param names that the device was looked for by */
    private record Kept(long change, List<String> names, DeviceEntry entry) {}

    /** Whether there is anything in them: most installations need no table. */
    private record Tables(long change, boolean assignments, boolean rows) {}

    EntryRows(Writes writes, SessionFactory sessions, AuditRows audit, GivenColumns columns, ConfigChanges changes) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
        this.columns = columns;
        this.changes = changes;
    }

    @Override
    public DeviceEntry of(Device device) {
        long change = changes.count();
        Tables filled = tables(change);
        if (!filled.assignments() && !filled.rows()) {
            return DeviceEntry.NOTHING;
        }
        List<String> names = DeviceNames.of(device);
        Kept known = kept.getIfPresent(device.id());
        if (known != null && known.change() == change && known.names().equals(names)) {
            return known.entry();
        }
        DeviceEntry entry = read(device.id(), names, filled);
        kept.put(device.id(), new Kept(change, names, entry));
        return entry;
    }

    private Tables tables(long change) {
        Tables known = tables;
        if (known.change() != change) {
            try (StatelessSession session = sessions.openStatelessSession()) {
                known = new Tables(change, isFilled(session, "AssignmentEntity"), isFilled(session, "DeviceRowEntity"));
            }
            tables = known;
        }
        return known;
    }

    private static boolean isFilled(StatelessSession session, String entity) {
        return !session.createSelectionQuery("select 1 from " + entity, Integer.class).setMaxResults(1).getResultList().isEmpty();
    }

    private DeviceEntry read(UUID device, List<String> names, Tables filled) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            Optional<Own> own = filled.assignments()
                    ? Optional.ofNullable(session.get(AssignmentEntity.class, device)).map(this::own) : Optional.empty();
            return new DeviceEntry(own, filled.rows() ? rows(session, names) : List.of());
        }
    }

    /** In the order of the names. */
    private List<TableRow> rows(StatelessSession session, List<String> names) {
        return session.createSelectionQuery("from DeviceRowEntity where device in :names", DeviceRowEntity.class)
                .setParameterList("names", names)
                .getResultStream()
                .sorted(Comparator.comparingInt(row -> names.indexOf(row.device)))
                .map(columns::row)
                .toList();
    }

    private static Bytes context(UUID device) {
        return GivenColumns.context("device_assignment " + device);
    }

    private Own own(AssignmentEntity row) {
        return new Own(Optional.ofNullable(row.profile), columns.given(row.parameters, row.sealed, context(row.deviceId)), row.version);
    }

    @Override
    public long assign(UUID device, Own own, OptionalLong expected, AuditEvent event) {
        long version = writes.run(session -> {
            AssignmentEntity known = session.get(AssignmentEntity.class, device);
            GroupRows.requireVersion("the assignment", known == null ? 0 : known.version, expected);
            AssignmentEntity row = new AssignmentEntity();
            row.deviceId = device;
            row.version = known == null ? 1 : known.version + 1;
            row.profile = own.profile().orElse(null);
            row.parameters = GivenColumns.open(own.parameters());
            row.sealed = columns.sealed(own.parameters(), context(device));
            row.changedAt = event.at().toEpochMilli();
            if (known == null) {
                session.insert(row);
            } else {
                session.update(row);
            }
            audit.insert(session, event);
            return row.version;
        });
        changes.raise();
        return version;
    }

    @Override
    public boolean unassign(UUID device, OptionalLong expected, AuditEvent event) {
        boolean had = writes.run(session -> {
            AssignmentEntity known = session.get(AssignmentEntity.class, device);
            if (known == null) {
                return false;
            }
            GroupRows.requireVersion("the assignment", known.version, expected);
            session.delete(known);
            audit.insert(session, event);
            return true;
        });
        if (had) {
            changes.raise();
        }
        return had;
    }

    @Override
    public Map<String, String> label(UUID device, Map<String, Optional<String>> set, AuditEvent event) {
        Labels labels = writes.run(session -> {
            DeviceEntity row = Optional.ofNullable(session.get(DeviceEntity.class, device))
                    .orElseThrow(() -> new NotFound("there is no such device"));
            Map<String, String> changed = new TreeMap<>(row.labels);
            set.forEach((name, value) -> value.ifPresentOrElse(text -> changed.put(name, text), () -> changed.remove(name)));
            if (changed.size() > Names.LABELS) {
                throw new Conflict("the device would have " + changed.size() + " labels, more than " + Names.LABELS + "; remove some");
            }
            if (changed.equals(row.labels)) {
                return new Labels(changed, false);
            }
            row.labels = changed;
            session.update(row);
            audit.insert(session, event);
            return new Labels(changed, true);
        });
        if (labels.changed()) {
            changes.raise();
        }
        return labels.all();
    }

    private record Labels(Map<String, String> all, boolean changed) {}
}

package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import dev.slipway.ignition.assignment.TableStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/**
 * The table of devices. One that is being taken in goes into a table beside it, some rows at a time, so that nobody else waits for long; a
 * single transaction then moves it over.
 */
@Singleton
public final class TableRows implements TableStore {

    private static final String UPLOAD = "upload";

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    private final GivenColumns columns;
    private final ConfigChanges changes;
    private final RandomSource random;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    TableRows(
            Writes writes,
            SessionFactory sessions,
            AuditRows audit,
            GivenColumns columns,
            ConfigChanges changes,
            RandomSource random,
            Clock clock) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
        this.columns = columns;
        this.changes = changes;
        this.random = random;
        this.clock = clock;
    }

    /** What a program left behind that was killed while it took in a table. */
    void deleteLeftovers(@Observes StartupEvent event) {
        writes.run(session -> session.createMutationQuery("delete from UploadedRowEntity").executeUpdate());
    }

    @Override
    public List<TableRow> list(Optional<String> after, int limit) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            String beyond = after.isEmpty() ? "" : "where device > :after ";
            SelectionQuery<DeviceRowEntity> query =
                    session.createSelectionQuery("from DeviceRowEntity " + beyond + "order by device", DeviceRowEntity.class).setMaxResults(limit);
            after.ifPresent(last -> query.setParameter("after", last));
            return query.getResultStream().map(columns::row).toList();
        }
    }

    @Override
    public boolean remove(String device, AuditEvent event) {
        boolean removed = writes.run(session -> {
            int count = session.createMutationQuery("delete from DeviceRowEntity where device = :device")
                    .setParameter("device", device)
                    .executeUpdate();
            if (count > 0) {
                audit.insert(session, event);
            }
            return count > 0;
        });
        if (removed) {
            changes.raise();
        }
        return removed;
    }

    @Override
    public Upload begin() {
        if (!busy.compareAndSet(false, true)) {
            throw new Conflict("another table is being taken in just now; try again when that is done");
        }
        return new RunningUpload(Uuid7.next(clock.instant(), random));
    }

    private final class RunningUpload implements Upload {

        private final UUID id;

        RunningUpload(UUID id) {
            this.id = id;
        }

        @Override
        public Set<String> add(List<TableRow> rows) {
            Map<String, TableRow> stored = stored(rows);
            List<UploadedRowEntity> entities = rows.stream().map(row -> entity(row, !row.equals(stored.get(row.device())))).toList();
            Set<String> twice = taken(rows);
            if (twice.isEmpty()) {
                writes.run(session -> {
                    entities.forEach(session::insert);
                    return null;
                });
            }
            return twice;
        }

        private Map<String, TableRow> stored(List<TableRow> rows) {
            try (StatelessSession session = sessions.openStatelessSession()) {
                Map<String, TableRow> stored = new HashMap<>();
                session.createSelectionQuery("from DeviceRowEntity where device in :devices", DeviceRowEntity.class)
                        .setParameterList("devices", names(rows))
                        .getResultStream()
                        .map(columns::row)
                        .forEach(row -> stored.put(row.device(), row));
                return stored;
            }
        }

        private Set<String> taken(List<TableRow> rows) {
            try (StatelessSession session = sessions.openStatelessSession()) {
                return session.createSelectionQuery(
                                "select device from UploadedRowEntity where upload = :upload and device in :devices", String.class)
                        .setParameter(UPLOAD, id)
                        .setParameterList("devices", names(rows))
                        .getResultStream()
                        .collect(Collectors.toSet());
            }
        }

        private static List<String> names(List<TableRow> rows) {
            return rows.stream().map(TableRow::device).toList();
        }

        private UploadedRowEntity entity(TableRow row, boolean changed) {
            UploadedRowEntity entity = new UploadedRowEntity();
            entity.upload = id;
            entity.device = row.device();
            entity.changed = changed;
            entity.groupName = row.group().orElse(null);
            entity.labels = row.labels();
            entity.parameters = GivenColumns.open(row.parameters());
            entity.sealed = changed ? columns.sealed(row.parameters(), GivenColumns.rowContext(row.device())) : null;
            return entity;
        }

        @Override
        public Counts finish(boolean replace, Function<Counts, AuditEvent> event) {
            Counts counts = writes.run(session -> {
                requireGroups(session);
                long changed = count(session, "changed = true");
                long added = count(session, "changed = true and device not in (select device from DeviceRowEntity)");
                update(session, "delete from DeviceRowEntity where device in"
                        + " (select device from UploadedRowEntity where upload = :upload and changed = true)");
                update(session, "insert into DeviceRowEntity (device, groupName, labels, parameters, sealed)"
                        + " select device, groupName, labels, parameters, sealed from UploadedRowEntity where upload = :upload and changed = true");
                int removed = replace
                        ? update(session, "delete from DeviceRowEntity where device not in"
                                + " (select device from UploadedRowEntity where upload = :upload)")
                        : 0;
                Counts done = new Counts(added, changed - added, count(session, "changed = false"), removed);
                if (changed + removed > 0) {
                    audit.insert(session, event.apply(done));
                }
                return done;
            });
            if (counts.added() + counts.changed() + counts.removed() > 0) {
                changes.raise();
            }
            return counts;
        }

        private void requireGroups(StatelessSession session) {
            List<String> gone = session.createSelectionQuery(
                            "select distinct groupName from UploadedRowEntity where upload = :upload and groupName is not null"
                                    + " and groupName not in (select name from GroupEntity)", String.class)
                    .setParameter(UPLOAD, id)
                    .getResultList();
            if (!gone.isEmpty()) {
                throw new Conflict("groups that the table names were removed while it was taken in: " + gone);
            }
        }

        private long count(StatelessSession session, String condition) {
            return session.createSelectionQuery("select count(*) from UploadedRowEntity where upload = :upload and " + condition, Long.class)
                    .setParameter(UPLOAD, id)
                    .getSingleResult();
        }

        private int update(StatelessSession session, String statement) {
            return session.createMutationQuery(statement).setParameter(UPLOAD, id).executeUpdate();
        }

        @Override
        public void close() {
            try {
                writes.run(session -> update(session, "delete from UploadedRowEntity where upload = :upload"));
            } finally {
                busy.set(false);
            }
        }
    }
}

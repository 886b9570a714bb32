package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.assignment.Group;
import dev.slipway.ignition.assignment.GroupRules;
import dev.slipway.ignition.assignment.GroupStore;
import dev.slipway.ignition.assignment.SelectorWords;
import dev.slipway.ignition.assignment.StoredGroup;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/** Groups as a table. Their rules are compiled when they are first asked, and again when a group has changed. */
@Singleton
public final class GroupRows implements GroupStore {

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    private final GivenColumns columns;
    private final ConfigChanges changes;
    /** Null when they have to be read; changed under the lock of this only. */
    private volatile GroupRules current;

    GroupRows(Writes writes, SessionFactory sessions, AuditRows audit, GivenColumns columns, ConfigChanges changes) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
        this.columns = columns;
        this.changes = changes;
    }

    /** Nobody reads while they are being forgotten, so what was read before a change is not kept after it. */
    @Override
    public GroupRules rules() {
        GroupRules known = current;
        return known == null ? read() : known;
    }

    private synchronized GroupRules read() {
        if (current == null) {
            List<StoredGroup> all = list(Optional.empty(), GroupRules.MAX_GROUPS);
            try {
                current = GroupRules.of(all.stream().map(StoredGroup::group).toList());
            } catch (Invalid e) {
                throw new Internal("a stored group has a condition that this version does not understand", e);
            }
        }
        return current;
    }

    private void forget() {
        synchronized (this) {
            current = null;
        }
        changes.raise();
    }

    @Override
    public Optional<StoredGroup> find(String name) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Optional.ofNullable(session.get(GroupEntity.class, name)).map(this::stored);
        }
    }

    @Override
    public List<StoredGroup> list(Optional<String> after, int limit) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            String beyond = after.isEmpty() ? "" : "where name > :after ";
            SelectionQuery<GroupEntity> query =
                    session.createSelectionQuery("from GroupEntity " + beyond + "order by name", GroupEntity.class).setMaxResults(limit);
            after.ifPresent(last -> query.setParameter("after", last));
            return query.getResultStream().map(this::stored).toList();
        }
    }

    private static Bytes context(String name) {
        return GivenColumns.context("device_group " + name);
    }

    private StoredGroup stored(GroupEntity row) {
        Group group = new Group(
                row.name,
                row.priority,
                SelectorWords.read(row.selector),
                Optional.ofNullable(row.profile),
                columns.given(row.parameters, row.sealed, context(row.name)),
                Optional.ofNullable(row.comment));
        return new StoredGroup(group, row.version, Instant.ofEpochMilli(row.changedAt));
    }

    @Override
    public Change put(Group group, OptionalLong expected, AuditEvent event) {
        Change change = writes.run(session -> {
            GroupEntity known = session.get(GroupEntity.class, group.name());
            requireVersion(group.name(), known == null ? 0 : known.version, expected);
            if (known != null && stored(known).group().equals(group)) {
                return new Change(Outcome.UNCHANGED, stored(known));
            }
            GroupEntity row = row(group, known == null ? 1 : known.version + 1, event.at());
            if (known == null) {
                requireRoom(session);
                session.insert(row);
            } else {
                session.update(row);
            }
            audit.insert(session, event);
            return new Change(known == null ? Outcome.CREATED : Outcome.CHANGED, stored(row));
        });
        if (change.outcome() != Outcome.UNCHANGED) {
            forget();
        }
        return change;
    }

    private static void requireRoom(StatelessSession session) {
        long groups = session.createSelectionQuery("select count(*) from GroupEntity", Long.class).getSingleResult();
        if (groups >= GroupRules.MAX_GROUPS) {
            throw new Conflict("there are " + groups + " groups, and no more can be; use labels in conditions, or the table of devices");
        }
    }

    /** @param version 0 where there is none */
    static void requireVersion(String what, long version, OptionalLong expected) {
        if (expected.isPresent() && expected.getAsLong() != version) {
            throw new Conflict("'" + what + "' is at version " + version + " by now, not " + expected.getAsLong() + "; look at it and try again");
        }
    }

    private GroupEntity row(Group group, long version, Instant at) {
        GroupEntity row = new GroupEntity();
        row.name = group.name();
        row.version = version;
        row.priority = group.priority();
        row.selector = SelectorWords.write(group.selector());
        row.profile = group.profile().orElse(null);
        row.parameters = GivenColumns.open(group.parameters());
        row.sealed = columns.sealed(group.parameters(), context(group.name()));
        row.comment = group.comment().orElse(null);
        row.changedAt = at.toEpochMilli();
        return row;
    }

    @Override
    public boolean remove(String name, OptionalLong expected, AuditEvent event) {
        boolean removed = writes.run(session -> {
            GroupEntity known = session.get(GroupEntity.class, name);
            if (known == null) {
                return false;
            }
            requireVersion(name, known.version, expected);
            long rows = session.createSelectionQuery("select count(*) from DeviceRowEntity where groupName = :name", Long.class)
                    .setParameter("name", name)
                    .getSingleResult();
            if (rows > 0) {
                throw new Conflict("the table puts " + rows + " devices in the group '" + name + "'; take them out there first");
            }
            session.delete(known);
            audit.insert(session, event);
            return true;
        });
        if (removed) {
            forget();
        }
        return removed;
    }
}

package dev.slipway.persistence;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.fdo.type.Guid;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/** Devices as their owner looks at them. */
@Singleton
public final class DeviceRows implements DeviceRepository {

    private final SessionFactory sessions;

    public DeviceRows(SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<Device> find(Guid guid) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            List<Tuple> rows = session.createSelectionQuery(
                            "select d as device, other.guid as guid from VoucherEntity v, DeviceEntity d, VoucherEntity other"
                                    + " where v.guid = :guid and v.deviceId = d.id and other.deviceId = d.id order by other.createdAt",
                            Tuple.class)
                    .setParameter("guid", guid.value().toArray())
                    .getResultList();
            List<Guid> guids = rows.stream().map(row -> new Guid(Bytes.owning(row.get("guid", byte[].class)))).toList();
            return rows.stream().findFirst().map(row -> device(row.get("device", DeviceEntity.class), guids));
        }
    }

    /** @param deviceKey SubjectPublicKeyInfo */
    public Optional<Device> findByKey(Bytes deviceKey) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("from DeviceEntity where deviceKey = :key", DeviceEntity.class)
                    .setParameter("key", deviceKey.toArray())
                    .getResultStream()
                    .findFirst()
                    .map(row -> device(session, row));
        }
    }

    @Override
    public Optional<Device> find(UUID id) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Optional.ofNullable(session.get(DeviceEntity.class, id)).map(row -> device(session, row));
        }
    }

    /** Ids are in the order of their making. */
    @Override
    public List<Device> list(Optional<UUID> after, int limit) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            String beyond = after.isEmpty() ? "" : "where id < :after ";
            SelectionQuery<DeviceEntity> query =
                    session.createSelectionQuery("from DeviceEntity " + beyond + "order by id desc", DeviceEntity.class).setMaxResults(limit);
            after.ifPresent(last -> query.setParameter("after", last));
            List<DeviceEntity> rows = query.getResultList();
            Map<UUID, List<Guid>> guids = guids(session, rows);
            return rows.stream().map(row -> device(row, guids.getOrDefault(row.id, List.of()))).toList();
        }
    }

    private static Device device(StatelessSession session, DeviceEntity row) {
        return device(row, guids(session, List.of(row)).getOrDefault(row.id, List.of()));
    }

    /** By device, oldest first. */
    private static Map<UUID, List<Guid>> guids(StatelessSession session, List<DeviceEntity> devices) {
        return session.createSelectionQuery(
                        "select deviceId as device, guid as guid from VoucherEntity where deviceId in :devices order by createdAt", Tuple.class)
                .setParameterList("devices", devices.stream().map(row -> row.id).toList())
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> row.get("device", UUID.class),
                        Collectors.mapping(row -> new Guid(Bytes.owning(row.get("guid", byte[].class))), Collectors.toList())));
    }

    private static Device device(DeviceEntity row, List<Guid> guids) {
        return new Device(
                row.id,
                row.serial,
                row.deviceInfo,
                row.manufacturer,
                row.labels,
                row.state,
                guids,
                Instant.ofEpochMilli(row.since),
                Optional.ofNullable(row.onboardedAt).map(Instant::ofEpochMilli));
    }
}

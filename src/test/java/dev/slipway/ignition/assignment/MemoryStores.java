package dev.slipway.ignition.assignment;

import dev.slipway.audit.AuditEvent;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** Groups, what single devices are given, and devices, in memory; what would be on disk after a call is here after it. */
final class MemoryStores {

    final Map<String, Group> groups = new TreeMap<>();
    final Map<UUID, Own> owned = new HashMap<>();
    final List<Device> devices = new ArrayList<>();
    final List<AuditEvent> events = new ArrayList<>();

    GroupStore groupStore() {
        return new GroupStore() {
            @Override
            public GroupRules rules() {
                return GroupRules.of(List.copyOf(groups.values()));
            }

            @Override
            public Optional<StoredGroup> find(String name) {
                return Optional.ofNullable(groups.get(name)).map(MemoryStores::stored);
            }

            @Override
            public List<StoredGroup> list(Optional<String> after, int limit) {
                return groups.values().stream().map(MemoryStores::stored).toList();
            }

            @Override
            public Change put(Group group, OptionalLong expected, AuditEvent event) {
                groups.put(group.name(), group);
                events.add(event);
                return new Change(Outcome.CHANGED, stored(group));
            }

            @Override
            public boolean remove(String name, OptionalLong expected, AuditEvent event) {
                return groups.remove(name) != null && events.add(event);
            }
        };
    }

    private static StoredGroup stored(Group group) {
        return new StoredGroup(group, 1, Instant.EPOCH);
    }

    EntryStore entryStore() {
        return new EntryStore() {
            @Override
            public DeviceEntry of(Device device) {
                return new DeviceEntry(Optional.ofNullable(owned.get(device.id())), List.of());
            }

            @Override
            public long assign(UUID device, Own own, OptionalLong expected, AuditEvent event) {
                owned.put(device, own);
                events.add(event);
                return 1;
            }

            @Override
            public boolean unassign(UUID device, OptionalLong expected, AuditEvent event) {
                return owned.remove(device) != null && events.add(event);
            }

            @Override
            public Map<String, String> label(UUID device, Map<String, Optional<String>> set, AuditEvent event) {
                events.add(event);
                return Map.of();
            }
        };
    }

    DeviceRepository deviceRepository() {
        return new DeviceRepository() {
            @Override
            public Optional<Device> find(Guid guid) {
                return devices.stream().filter(device -> device.guids().contains(guid)).findFirst();
            }

            @Override
            public Optional<Device> find(UUID id) {
                return devices.stream().filter(device -> device.id().equals(id)).findFirst();
            }

            @Override
            public List<Device> list(Optional<UUID> after, int limit) {
                return after.isPresent() ? List.of() : devices;
            }
        };
    }
}

package dev.slipway.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditEvent;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import dev.slipway.ignition.assignment.GivenParameters;
import dev.slipway.ignition.assignment.Glob;
import dev.slipway.ignition.assignment.Group;
import dev.slipway.ignition.assignment.GroupRules;
import dev.slipway.ignition.assignment.GroupStore.Outcome;
import dev.slipway.ignition.assignment.Selector;
import dev.slipway.ignition.assignment.StoredGroup;
import dev.slipway.ignition.assignment.TableStore.Counts;
import dev.slipway.ignition.assignment.TableStore.Upload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups, assignments and the table on a real database. */
@QuarkusTest
@TestProfile(DatabaseProfile.class)
class AssignmentRowsTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final OptionalLong ANY = OptionalLong.empty();

    @Inject
    GroupRows groups;

    @Inject
    EntryRows entries;

    @Inject
    TableRows table;

    @Inject
    DeviceRows devices;

    @Inject
    ConfigChanges changes;

    @Inject
    Writes writes;

    @Inject
    SessionFactory sessions;

    private final String unique = UUID.randomUUID().toString();
    private UUID device;

    @BeforeEach
    void makeADevice() {
        DeviceEntity row = new DeviceEntity();
        row.id = Uuid7.next(NOW, VoucherFixture::random);
        row.deviceKey = VoucherFixture.random(91).toArray();
        row.serial = "SN-" + unique;
        row.deviceInfo = "gateway";
        row.state = DeviceState.ANNOUNCED;
        row.since = NOW.toEpochMilli();
        writes.run(session -> session.insert(row));
        device = row.id;
    }

    private Device device(Guid... guids) {
        return new Device(
                device, "SN-" + unique, "gateway", "", Map.of(), DeviceState.ANNOUNCED, List.of(guids), NOW, Optional.empty());
    }

    private AuditEvent event(String id) {
        return new AuditEvent(id + unique, NOW, "test", Optional.empty(), AuditEvent.Outcome.DONE, "", Map.of());
    }

    private long events(String id) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("select count(*) from AuditEventEntity where event = :id", Long.class)
                    .setParameter("id", id + unique)
                    .getSingleResult();
        }
    }

    private static GivenParameters given(String open, String secret) {
        return new GivenParameters(
                Map.of("site", new ParameterValue.Text(open), "keys", new ParameterValue.Texts(List.of("a", "b"))),
                Map.of("token", new ParameterValue.Text(secret)));
    }

    private Group group(String name, int priority, GivenParameters parameters) {
        Selector selector = new Selector(
                Map.of("a", "b"), Optional.of(new Glob("EG-*")), Optional.empty(), Optional.empty(), Set.of("x"), Optional.of("device.serial == 'é'"));
        return new Group(name + unique, priority, selector, Optional.of("kiosk"), parameters, Optional.of("a comment"));
    }

    @Test
    void keepsGroupsAsTheyAreAndCountsTheirChanges() {
        Group first = group("g", 5, given("north", "s3cret"));
        assertThat(groups.put(first, OptionalLong.of(0), event("put")).outcome()).isEqualTo(Outcome.CREATED);
        assertThat(groups.find(first.name())).contains(new StoredGroup(first, 1, NOW));
        assertThat(groups.rules().find(first.name())).contains(first);
        assertThat(groups.put(first, ANY, event("put")).outcome()).isEqualTo(Outcome.UNCHANGED);
        Group second = group("g", 6, given("north", "other"));
        long before = changes.count();
        assertThat(groups.put(second, OptionalLong.of(1), event("put")).group().version()).isEqualTo(2);
        assertThat(changes.count()).isGreaterThan(before);
        assertThat(groups.rules().find(first.name())).contains(second);
        assertThatThrownBy(() -> groups.put(first, OptionalLong.of(1), event("put"))).isInstanceOf(Failure.Conflict.class).hasMessageContaining("version 2");
        assertThatThrownBy(() -> groups.remove(first.name(), OptionalLong.of(1), event("removed"))).isInstanceOf(Failure.Conflict.class);
        assertThat(groups.list(Optional.of("g"), 1_000)).extracting(stored -> stored.group().name()).contains(first.name()).isSorted();
        assertThat(groups.remove(first.name(), ANY, event("removed"))).isTrue();
        assertThat(groups.remove(first.name(), ANY, event("removed"))).isFalse();
        assertThat(groups.rules().find(first.name())).isEmpty();
        assertThat(events("put")).isEqualTo(2);
        assertThat(events("removed")).isEqualTo(1);
    }

    @Test
    void compilesRulesOnceUntilAGroupChanges() {
        GroupRules before = groups.rules();
        assertThat(groups.rules()).isSameAs(before);
        groups.put(group("again", 1, GivenParameters.NONE), ANY, event("put"));
        assertThat(groups.rules()).isNotSameAs(before);
    }

    /** Its length is the same for secrets of different length, too. */
    @Test
    void sealsWhatIsSecretAndNothingElse() {
        groups.put(group("sealed", 1, given("north", "s3cret-in-the-clear")), ANY, event("put"));
        groups.put(group("short", 1, given("north", "s")), ANY, event("put"));
        GroupEntity sealed = read(GroupEntity.class, "sealed" + unique);
        assertThat(new String(sealed.sealed, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret", "token");
        assertThat(sealed.parameters).isEqualTo(Map.of("site", "north", "keys", List.of("a", "b")));
        assertThat(read(GroupEntity.class, "short" + unique).sealed).hasSameSizeAs(sealed.sealed);
    }

    /** Whoever can write the database cannot make one group show the secrets of another. */
    @Test
    void opensNothingThatWasMovedToAnotherRow() {
        groups.put(group("theirs", 1, given("x", "theirs")), ANY, event("put"));
        groups.put(group("ours", 1, given("x", "ours")), ANY, event("put"));
        GroupEntity ours = read(GroupEntity.class, "ours" + unique);
        byte[] before = ours.sealed;
        ours.sealed = read(GroupEntity.class, "theirs" + unique).sealed;
        update(ours);
        assertThatThrownBy(() -> groups.find("ours" + unique)).isInstanceOf(Failure.Internal.class);
        ours.sealed = before;
        update(ours);
    }

    private void update(GroupEntity row) {
        writes.run(session -> {
            session.update(row);
            return null;
        });
    }

    private <T> T read(Class<T> type, Object id) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.get(type, id);
        }
    }

    @Test
    void keepsWhatADeviceHasOfItsOwn() {
        Device known = device(new Guid(VoucherFixture.random(16)));
        assertThat(entries.of(known).own()).isEmpty();
        assertThat(entries.assign(device, new Own(Optional.of("kiosk"), given("a", "b"), 0), OptionalLong.of(0), event("assigned"))).isEqualTo(1);
        assertThat(entries.of(known).own()).contains(new Own(Optional.of("kiosk"), given("a", "b"), 1));
        assertThat(entries.assign(device, new Own(Optional.empty(), given("c", "d"), 0), ANY, event("assigned"))).isEqualTo(2);
        assertThat(entries.of(known).own()).contains(new Own(Optional.empty(), given("c", "d"), 2));
        assertThatThrownBy(() -> entries.assign(device, new Own(Optional.empty(), given("c", "d"), 0), OptionalLong.of(1), event("assigned")))
                .isInstanceOf(Failure.Conflict.class);
        assertThat(new String(read(AssignmentEntity.class, device).sealed, StandardCharsets.ISO_8859_1)).doesNotContain("token");
        assertThat(entries.unassign(device, ANY, event("unassigned"))).isTrue();
        assertThat(entries.unassign(device, ANY, event("unassigned"))).isFalse();
        assertThat(entries.of(known).own()).isEmpty();
        assertThat(events("assigned")).isEqualTo(2);
        assertThat(events("unassigned")).isEqualTo(1);
    }

    @Test
    void labelsADevice() {
        assertThat(entries.label(device, Map.of("a", Optional.of("1"), "b", Optional.of("é \"'")), event("labelled")))
                .isEqualTo(Map.of("a", "1", "b", "é \"'"));
        assertThat(entries.label(device, Map.of("a", Optional.empty(), "c", Optional.empty()), event("labelled"))).isEqualTo(Map.of("b", "é \"'"));
        assertThat(entries.label(device, Map.of("b", Optional.of("é \"'")), event("labelled"))).isEqualTo(Map.of("b", "é \"'"));
        assertThat(events("labelled")).isEqualTo(2);
        assertThat(devices.find(device).orElseThrow().labels()).isEqualTo(Map.of("b", "é \"'"));
        Map<String, Optional<String>> many = new HashMap<>();
        for (int i = 0; i < 64; i++) {
            many.put("many" + i, Optional.of("x"));
        }
        assertThatThrownBy(() -> entries.label(device, many, event("labelled"))).isInstanceOf(Failure.Conflict.class).hasMessageContaining("65 labels");
        assertThatThrownBy(() -> entries.label(UUID.randomUUID(), Map.of(), event("labelled"))).isInstanceOf(Failure.NotFound.class);
    }

    private TableRow row(String name, String site) {
        return new TableRow(name, Optional.empty(), Map.of("site", site), given(site, "secret of " + site));
    }

    private Counts apply(boolean replace, TableRow... rows) {
        try (Upload upload = table.begin()) {
            assertThat(upload.add(List.of(rows))).isEmpty();
            return upload.finish(replace, counts -> event("applied"));
        }
    }

    @Test
    void findsTheRowsOfADeviceBySerialAndByEachOfItsGuids() {
        Guid older = new Guid(VoucherFixture.random(16));
        Guid newer = new Guid(VoucherFixture.random(16));
        Device known = device(older, newer);
        TableRow bySerial = row("SN-" + unique, "serial");
        TableRow byOlder = row(older.toString(), "older");
        TableRow byNewer = row(newer.toString(), "newer");
        assertThat(apply(false, byNewer, bySerial, row("SN-stranger" + unique, "x"))).isEqualTo(new Counts(3, 0, 0, 0));
        assertThat(entries.of(known).rows()).containsExactly(bySerial, byNewer);
        assertThat(apply(false, byOlder, bySerial, row(newer.toString(), "changed"))).isEqualTo(new Counts(1, 1, 1, 0));
        assertThat(entries.of(known).rows()).containsExactly(bySerial, byOlder, row(newer.toString(), "changed"));
        assertThat(apply(false, byOlder, bySerial)).isEqualTo(new Counts(0, 0, 2, 0));
        assertThat(apply(true, byOlder).removed()).isGreaterThanOrEqualTo(3);
        assertThat(entries.of(known).rows()).containsExactly(byOlder);
        assertThat(table.remove(older.toString(), event("row-removed"))).isTrue();
        assertThat(table.remove(older.toString(), event("row-removed"))).isFalse();
        assertThat(entries.of(known).rows()).isEmpty();
        assertThat(events("applied")).as("none where nothing changed").isEqualTo(3);
        assertThat(events("row-removed")).isEqualTo(1);
    }

    @Test
    void givesNothingToADeviceThatStatesTheGuidOfAnotherAsItsSerial() {
        Guid own = new Guid(VoucherFixture.random(16));
        Guid other = new Guid(VoucherFixture.random(16));
        apply(false, row(other.toString(), "others"), row(own.toString(), "own"));
        Device thief = new Device(
                device, other.toString(), "gateway", "", Map.of(), DeviceState.ANNOUNCED, List.of(own), NOW, Optional.empty());
        assertThat(entries.of(thief).rows()).containsExactly(row(own.toString(), "own"));
    }

    /** What is remembered of devices that wait is forgotten at each change, and should be at no other time. */
    @Test
    void countsNoChangeWhereNothingChanged() {
        groups.put(group("same", 1, given("17", "s")), ANY, event("put"));
        entries.label(device, Map.of("a", Optional.of("b")), event("labelled"));
        apply(false, row("SN-" + unique, "x"));
        long before = changes.count();
        groups.put(group("same", 1, given("17", "s")), ANY, event("put"));
        groups.remove("none" + unique, ANY, event("removed"));
        entries.label(device, Map.of("a", Optional.of("b"), "none", Optional.empty()), event("labelled"));
        entries.unassign(device, ANY, event("unassigned"));
        table.remove("none" + unique, event("row-removed"));
        apply(false, row("SN-" + unique, "x"));
        assertThat(changes.count()).isEqualTo(before);
        apply(false, row("SN-" + unique, "y"));
        entries.label(device, Map.of("a", Optional.empty()), event("labelled"));
        groups.remove("same" + unique, ANY, event("removed"));
        assertThat(changes.count()).isEqualTo(before + 3);
    }

    @Test
    void takesInOneTableAtATimeAndGivesUpWhatIsNotFinished() {
        try (Upload upload = table.begin()) {
            upload.add(List.of(row("SN-" + unique, "x")));
            assertThat(upload.add(List.of(row("SN-" + unique, "y"), row("other" + unique, "y")))).containsExactly("SN-" + unique);
            assertThatThrownBy(table::begin).isInstanceOf(Failure.Conflict.class);
        }
        assertThat(entries.of(device(new Guid(VoucherFixture.random(16)))).rows()).isEmpty();
        assertThat(apply(false, row("SN-" + unique, "x")).added()).isEqualTo(1);
    }

    @Test
    void keepsAGroupThatTheTableNames() {
        Group group = group("named", 1, GivenParameters.NONE);
        TableRow row = new TableRow("SN-" + unique, Optional.of(group.name()), Map.of(), GivenParameters.NONE);
        assertThatThrownBy(() -> apply(false, row)).isInstanceOf(Failure.Conflict.class).hasMessageContaining(group.name());
        groups.put(group, ANY, event("put"));
        apply(false, row);
        assertThatThrownBy(() -> groups.remove(group.name(), ANY, event("removed")))
                .isInstanceOf(Failure.Conflict.class)
                .hasMessageContaining("the table puts 1 devices in the group");
        assertThat(events("removed")).isZero();
        table.remove(row.device(), event("row-removed"));
        assertThat(groups.remove(group.name(), ANY, event("removed"))).isTrue();
    }
}

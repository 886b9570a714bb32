package dev.slipway.ignition.assignment;

import static dev.slipway.ignition.assignment.Fixture.aDevice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditEvent;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.ParameterType;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators may change, and what the auditor is told of it. */
class EditorsTest {

    private static final OptionalLong ANY = OptionalLong.empty();
    private static final Map<String, ParameterDeclaration> DECLARED = Map.of(
            "token", new ParameterDeclaration("token", ParameterType.STRING, true, true, Optional.empty(), Optional.empty(), "A token."),
            "port", new ParameterDeclaration("port", ParameterType.INTEGER, true, false, Optional.empty(), Optional.empty(), "A port."));
    private static final KnownParameters KNOWN = name -> Optional.ofNullable(DECLARED.get(name)).stream().toList();

    private final MemoryStores stores = new MemoryStores();
    private final GroupEditor groups =
            new GroupEditor(stores.groupStore(), stores.entryStore(), stores.deviceRepository(), KNOWN, Clock.systemUTC());
    private final DeviceEditor devices = new DeviceEditor(stores.entryStore(), (name, device) -> Optional.empty(), KNOWN, Clock.systemUTC());
    private final Device device = aDevice().device();

    @BeforeEach
    void haveADevice() {
        stores.devices.add(device);
    }

    private void save(String yaml) {
        groups.save(GroupReader.read("groups.yaml", Fixture.bytes(yaml)).getFirst(), ANY, "operator");
    }

    @Test
    void refusesAGroupThatWouldDisagreeOverADeviceThatIsKnown() {
        save("{name: first, priority: 3, select: {serial: 'EG-*'}, profile: kiosk}");
        save("{name: elsewhere, priority: 3, select: {serial: 'XX-*'}, profile: gateway}");
        save("{name: stronger, priority: 4, select: {serial: 'EG-*'}, profile: gateway}");
        assertThatThrownBy(() -> save("{name: second, priority: 3, select: {model: 'EG-4*'}, profile: gateway}"))
                .isInstanceOf(Failure.ConfigInvalid.class)
                .hasMessageContaining("group.disagreement at " + Fixture.GUID)
                .hasMessageContaining("'first' and 'second'")
                .hasMessageContaining("(kiosk, gateway)");
        assertThat(stores.groups).containsOnlyKeys("first", "elsewhere", "stronger");
        assertThat(stores.events).extracting(AuditEvent::id).containsExactly("group.changed", "group.changed", "group.changed");
        save("{name: first, priority: 5, select: {serial: 'EG-*'}, profile: kiosk}");
        save("{name: second, priority: 3, select: {model: 'EG-4*'}, profile: gateway}");
    }

    @Test
    void passesOverDevicesThatAreSomebodyElses() {
        stores.devices.clear();
        stores.devices.add(new Device(
                device.id(), device.serial(), device.deviceInfo(), device.manufacturer(), device.labels(), DeviceState.RELEASED, device.guids(),
                device.since(), device.onboardedAt()));
        save("{name: first, priority: 3, select: {serial: 'EG-*'}, profile: kiosk}");
        save("{name: second, priority: 3, select: {serial: 'EG-*'}, profile: gateway}");
        assertThat(stores.groups).containsOnlyKeys("first", "second");
    }

    /** The auditor gets names. */
    @Test
    void tellsTheAuditorNoValue() {
        save("{name: g, comment: c, select: {labels: {a: b}}, profile: kiosk, parameters: {token: s3cret, port: '8080'}, secrets: {x: s3cret}}");
        assertThat(stores.events.getFirst().facts()).isEqualTo(Map.of(
                "group", "g", "priority", "0", "selects", "label a=b", "profile", "kiosk", "parameters", "port, token, x"));
        assertThat(stores.groups.get("g").parameters().open()).containsOnlyKeys("port");
        assertThat(stores.groups.toString() + stores.events).doesNotContain("s3cret");
        save("{name: g, secrets: {token: '********', x: other}}");
        assertThat(stores.groups.get("g").parameters().secret())
                .isEqualTo(Map.of("token", new ParameterValue.Text("s3cret"), "x", new ParameterValue.Text("other")));
        assertThat(groups.remove("g", ANY, "operator")).isTrue();
        assertThat(groups.remove("g", ANY, "operator")).isFalse();
    }

    @Test
    void refusesAValueThatNoProfileCouldUse() {
        assertThatThrownBy(() -> save("{name: g, parameters: {port: eighty}}"))
                .isInstanceOf(Failure.ConfigInvalid.class)
                .hasMessageContaining("group g: the parameter 'port' must be a whole number")
                .hasMessageNotContaining("eighty");
        assertThatThrownBy(() -> save("{name: g, secrets: {token: '********'}}")).isInstanceOf(Failure.Invalid.class);
        Own own = OwnReader.read("own", Fixture.bytes("{parameters: {port: [1, 2]}}"));
        assertThatThrownBy(() -> devices.assign(device, own, ANY, "operator")).isInstanceOf(Failure.ConfigInvalid.class);
        assertThat(stores.events).isEmpty();
    }

    @Test
    void assignsWhatThereIs() {
        assertThatThrownBy(() -> devices.assign(device, OwnReader.read("own", Fixture.bytes("{profile: nothing}")), ANY, "operator"))
                .isInstanceOf(Failure.ConfigInvalid.class)
                .hasMessageContaining("there is no profile 'nothing'");
        assertThatThrownBy(() -> OwnReader.read("own", Fixture.bytes("{}"))).hasMessageContaining("it says nothing");
        assertThatThrownBy(() -> OwnReader.read("own", Fixture.bytes("{profil: x}"))).hasMessageContaining("own:1:10");
        devices.assign(device, OwnReader.read("own", Fixture.bytes("{parameters: {port: 80}, secrets: {token: s3cret}}")), ANY, "operator");
        assertThat(stores.owned.get(device.id()).parameters().secret()).containsOnlyKeys("token");
        assertThat(stores.events.getFirst().guid()).contains(Fixture.GUID);
        assertThat(stores.events.getFirst().facts()).isEqualTo(Map.of("parameters", "port, token"));
        assertThat(devices.unassign(device, ANY, "operator")).isTrue();
        assertThat(stores.events).extracting(AuditEvent::id).containsExactly("device.assigned", "device.unassigned");
    }

    @Test
    void takesLabelsThatAreSome() {
        devices.label(device, Map.of("a/b", Optional.of("x"), "old", Optional.empty()), "operator");
        assertThat(stores.events.getFirst().facts()).isEqualTo(Map.of("a/b", "x", "old", ""));
        for (String name : List.of("", "-a", "a b", "é", "a".repeat(64))) {
            assertThatThrownBy(() -> devices.label(device, Map.of(name, Optional.of("x")), "operator")).as(name).isInstanceOf(Failure.Invalid.class);
        }
        for (String value : List.of("a\nb", "\u0000", "a".repeat(256))) {
            assertThatThrownBy(() -> devices.label(device, Map.of("a", Optional.of(value)), "operator")).as(value).isInstanceOf(Failure.Invalid.class);
        }
        assertThat(stores.events).hasSize(1);
    }
}

package dev.slipway.ignition.assignment;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceState;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import dev.slipway.ignition.assignment.Resolution.Installation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A device and what is said of it, with a valid default and a knob for each. */
final class Fixture {

    static final String GUID = "7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60";
    static final String OLDER_GUID = "1f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60";
    static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000001");

    private final List<TableRow> rows = new ArrayList<>();
    private String serial = "EG-4711";
    private Map<String, String> labels = Map.of("region", "north", "ring", "canary");
    private String groups = "";
    private Optional<Own> own = Optional.empty();
    private Map<String, String> file = Map.of();
    private Optional<String> defaultProfile = Optional.empty();

    static Fixture aDevice() {
        return new Fixture();
    }

    Fixture serial(String text) {
        serial = text;
        return this;
    }

    Fixture labels(Map<String, String> given) {
        labels = given;
        return this;
    }

    /** Documents of YAML. */
    Fixture groups(String... documents) {
        groups = String.join("\n---\n", documents);
        return this;
    }

    Fixture own(String profile, String... values) {
        own = Optional.of(new Own(Optional.ofNullable(profile), given(values), 1));
        return this;
    }

    Fixture row(String device, String group, Map<String, String> rowLabels, String... values) {
        rows.add(new TableRow(device, Optional.ofNullable(group), rowLabels, given(values)));
        return this;
    }

    Fixture file(Map<String, String> values) {
        file = values;
        return this;
    }

    Fixture defaultProfile(String name) {
        defaultProfile = Optional.of(name);
        return this;
    }

    private static GivenParameters given(String... values) {
        Map<String, ParameterValue> map = new LinkedHashMap<>();
        Arrays.stream(values).forEach(pair -> map.put(pair.split("=")[0], new ParameterValue.Text(pair.split("=")[1])));
        return new GivenParameters(map, Map.of());
    }

    Device device() {
        return new Device(
                ID, serial, "EG-400", "Example Devices", labels, DeviceState.ANNOUNCED, List.of(Guid.parse(OLDER_GUID), Guid.parse(GUID)),
                Instant.EPOCH, Optional.empty());
    }

    Resolution resolve() {
        List<Group> read = groups.isEmpty() ? List.of() : GroupReader.read("groups.yaml", bytes(groups));
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        file.forEach((name, value) -> values.put(name, new ParameterValue.Text(value)));
        Installation installation = new Installation(new GivenParameters(values, Map.of()), defaultProfile);
        return Resolution.of(device(), new DeviceEntry(own, rows), GroupRules.of(read), installation);
    }

    /** Names of the groups that it is in. */
    List<String> groupNames() {
        return resolve().groups().stream().map(Group::name).toList();
    }

    /** As {@code profile by origin}. */
    List<String> profiles() {
        return resolve().profiles().stream().map(layer -> layer.profile() + " by " + layer.origin()).toList();
    }

    /** As {@code value by origin}. */
    String parameter(String name) {
        Resolution.Given given = resolve().parameters().get(name);
        return given.value().forExpression() + " by " + given.origin();
    }

    static Bytes bytes(String text) {
        return Bytes.owning(text.getBytes(StandardCharsets.UTF_8));
    }
}

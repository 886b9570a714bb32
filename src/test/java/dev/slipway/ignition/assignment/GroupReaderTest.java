package dev.slipway.ignition.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.ParameterValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of groups. */
class GroupReaderTest {

    private static List<Finding> refused(String yaml) {
        Failure.ConfigInvalid failure =
                catchThrowableOfType(Failure.ConfigInvalid.class, () -> GroupReader.read("groups.yaml", Fixture.bytes(yaml)));
        assertThat(failure).as(yaml).isNotNull();
        return failure.findings();
    }

    @Test
    void readsEverythingThatAGroupMaySay() {
        List<Group> groups = GroupReader.read("groups.yaml", Fixture.bytes("""
                # Gateways of the north.
                name: north
                priority: 100
                comment: All of them
                select:
                  labels: {region: north, rack: 07}
                  serial: "EG-4*"
                  model: EG-400
                  manufacturer: "Example*"
                  devices: [EG-4711, 7F3B2A90-5C1D-4E8F-9A60-1B2C3D4E5F60]
                  when: device.labels['ring'] == 'canary'
                profile: edge-gateway
                parameters:
                  site: 017
                  on: true
                  keys: [one, two]
                secrets:
                  token: "0x10"
                ---
                {"name": "json", "priority": -3}
                """));
        assertThat(groups).containsExactly(
                new Group(
                        "north", 100,
                        new Selector(
                                Map.of("region", "north", "rack", "07"), Optional.of(new Glob("EG-4*")), Optional.of(new Glob("EG-400")),
                                Optional.of(new Glob("Example*")), Set.of("EG-4711", "7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60"),
                                Optional.of("device.labels['ring'] == 'canary'")),
                        Optional.of("edge-gateway"),
                        new GivenParameters(
                                Map.of("site", new ParameterValue.Text("017"), "on", new ParameterValue.Text("true"),
                                        "keys", new ParameterValue.Texts(List.of("one", "two"))),
                                Map.of("token", new ParameterValue.Text("0x10"))),
                        Optional.of("All of them")),
                new Group("json", -3, Selector.NOTHING, Optional.empty(), GivenParameters.NONE, Optional.empty()));
        assertThat(groups.toString()).doesNotContain("0x10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "name: [a | yaml.syntax | 1:9",
        "'name: x\nprioriti: 3' | yaml.unknown-key | 2:11",
        "'name: x\npriority: high' | group.priority | 2:11",
        "'name: x\npriority: 1000000' | group.priority | 2:11",
        "'name: X' | group.name | 1:7",
        "'name: ../x' | group.name | 1:7",
        "'priority: 1' | group.name | 1:1",
        "'name: x\nname: y' | yaml.duplicate-key | 2:1",
        "'name: x\nselect: {serial: \"\"}' | group.pattern | 2:18",
        "'name: x\nselect: {labels: {\"a b\": c}}' | label.name | 2:26",
        "'name: x\nselect: {labels: [a]}' | yaml.type | 2:18",
        "'name: x\nselect: {devices: []}' | group.devices | 2:19",
        "'name: x\nselect: {when: \"param.x\"}' | group.condition | 2:16",
        "'name: x\nselect: {when: \"device.serial\"}' | group.condition | 2:16",
        "'name: x\nselect: {when: \"device.serial ==\"}' | group.condition | 2:16",
        "'name: x\nselect: {all: true}' | yaml.unknown-key | 2:15",
        "'name: x\nprofile: ../../etc' | group.profile | 2:10",
        "'name: x\nparameters: {Site: 1}' | parameter.name | 2:20",
        "'name: x\nparameters: {site: {a: b}}' | yaml.type | 2:20",
        "'name: x\nparameters: {site: ~}' | yaml.type | 2:20",
        "'name: x\nparameters: {a: 1}\nsecrets: {a: 2}' | parameter.duplicate | 3:10",
        "'name: x\n---\nname: x' | group.duplicate | 3:1",
        "'- name: x' | yaml.type | 1:1",
        "'&a {name: x, select: *a}' | yaml.syntax | ",
    })
    void saysWhereAFileIsWrong(String yaml, String id, String at) {
        assertThat(refused(yaml))
                .extracting(Finding::id, Finding::path)
                .contains(tuple(id, at == null ? "groups.yaml" : "groups.yaml:" + at));
    }

    @Test
    void saysThatThereIsNoGroup() {
        assertThat(refused("# nothing")).extracting(Finding::id).containsExactly("group.none");
        assertThat(refused("")).extracting(Finding::id).containsExactly("group.none");
    }

    @Test
    void hasLimits() {
        String many = IntStream.range(0, 10_001).mapToObj(i -> "d" + i).collect(Collectors.joining(","));
        assertThat(refused("{name: x, select: {devices: [" + many + "]}}")).extracting(Finding::id).containsExactly("group.devices");
        String values = IntStream.range(0, 501).mapToObj(i -> "p" + i + ": x").collect(Collectors.joining(","));
        assertThat(refused("{name: x, parameters: {" + values + "}}")).extracting(Finding::id).containsExactly("parameter.too-many");
        assertThat(refused("{name: x, select: {serial: " + "a".repeat(257) + "}}")).extracting(Finding::id).containsExactly("group.pattern");
        assertThat(refused("{name: x, comment: " + "a".repeat(1_001) + "}")).extracting(Finding::id).containsExactly("group.comment");
        assertThat(refused("{name: x, select: {when: \"'" + "a".repeat(4_097) + "' == ''\"}}")).extracting(Finding::id).containsExactly("group.condition");
        assertThat(refused("{name: x, comment: '" + "a".repeat(1 << 20) + "'}")).extracting(Finding::id).contains("document.too-large");
    }
}

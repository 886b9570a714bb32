package dev.slipway.ignition.assignment;

import static dev.slipway.ignition.assignment.Fixture.aDevice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who wins, and who is told that nobody does. */
class ResolutionTest {

    private static final String ALL = "select: {serial: '*'}";

    @Test
    void layersTheProfilesOfGroupsByPriorityAndTheDevicesOwnOnTop() {
        Fixture device = aDevice().defaultProfile("standard").groups(
                "{name: top, priority: 300, " + ALL + ", profile: kiosk}",
                "{name: bottom, priority: -5, " + ALL + ", profile: base}",
                "{name: middle, priority: 20, " + ALL + ", profile: gateway}",
                "{name: values, priority: 20, " + ALL + "}");
        assertThat(device.profiles()).containsExactly("base by group bottom", "gateway by group middle", "kiosk by group top");
        assertThat(device.own("special").profiles())
                .containsExactly("base by group bottom", "gateway by group middle", "kiosk by group top", "special by the device");
    }

    /** Anybody's device may state any serial. */
    @Test
    void knowsNoDeviceByASerialThatLooksLikeTheGuidOfAnother() {
        String other = "0A3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60";
        Fixture device = aDevice().groups(
                "{name: other, select: {devices: [" + other + "]}}", "{name: own, select: {devices: [" + Fixture.GUID + "]}}",
                "{name: serial, select: {devices: [EG-4711]}}");
        assertThat(device.groupNames()).containsExactlyInAnyOrder("own", "serial");
        assertThat(device.serial(other).groupNames()).containsExactly("own");
        assertThat(device.serial(other.toLowerCase(Locale.ROOT)).groupNames()).containsExactly("own");
    }

    @Test
    void usesAProfileOnceAtThePlaceOfTheStrongestThatGivesIt() {
        Fixture device = aDevice().groups(
                "{name: a, priority: 1, " + ALL + ", profile: base}",
                "{name: b, priority: 2, " + ALL + ", profile: gateway}",
                "{name: c, priority: 3, " + ALL + ", profile: base}");
        assertThat(device.profiles()).containsExactly("gateway by group b", "base by group c");
        assertThat(device.own("gateway").profiles()).containsExactly("base by group c", "gateway by the device");
    }

    @Test
    void givesTheDefaultProfileOnlyToADeviceThatNobodyGivesOne() {
        Fixture device = aDevice().groups("{name: values, " + ALL + ", parameters: {site: x}}");
        assertThat(device.profiles()).isEmpty();
        assertThat(device.defaultProfile("standard").profiles()).containsExactly("standard by the setting slipway.profile");
        assertThat(device.own(null, "site=17").profiles()).containsExactly("standard by the setting slipway.profile");
        assertThat(device.own("kiosk").profiles()).containsExactly("kiosk by the device");
    }

    @Test
    void takesEachValueOfTheStrongestThatGivesIt() {
        Fixture device = aDevice().file(Map.of("a", "file", "b", "file", "c", "file", "d", "file", "e", "file"));
        assertThat(device.parameter("a")).isEqualTo("file by parameters.yaml");
        device.groups(
                "{name: low, priority: 1, " + ALL + ", parameters: {b: low, c: low, d: low, e: low}}",
                "{name: high, priority: 2, " + ALL + ", parameters: {c: high, d: high, e: high}}");
        assertThat(device.parameter("a")).isEqualTo("file by parameters.yaml");
        assertThat(device.parameter("b")).isEqualTo("low by group low");
        assertThat(device.parameter("c")).isEqualTo("high by group high");
        device.row("EG-4711", null, Map.of(), "d=row", "e=row");
        assertThat(device.parameter("c")).isEqualTo("high by group high");
        assertThat(device.parameter("d")).isEqualTo("row by the table, row EG-4711");
        device.row(Fixture.GUID, null, Map.of(), "d=guid");
        assertThat(device.parameter("d")).isEqualTo("guid by the table, row " + Fixture.GUID);
        device.own(null, "e=own");
        assertThat(device.parameter("e")).isEqualTo("own by the device");
        assertThat(device.parameter("d")).isEqualTo("guid by the table, row " + Fixture.GUID);
    }

    @Test
    void takesLabelsOfTheTableUnderThoseOfTheOperator() {
        Fixture device = aDevice().labels(Map.of("ring", "canary"));
        device.row("EG-4711", null, Map.of("ring", "stable", "site", "1", "rack", "7"));
        device.row(Fixture.GUID, null, Map.of("site", "2"));
        device.groups("{name: labelled, select: {labels: {ring: canary, site: '2', rack: '7'}}}");
        assertThat(device.resolve().labels()).isEqualTo(Map.of("ring", "canary", "site", "2", "rack", "7"));
        assertThat(device.groupNames()).containsExactly("labelled");
    }

    @Test
    void putsADeviceInTheGroupThatTheTableNames() {
        Fixture device = aDevice().groups("{name: named, profile: kiosk}", "{name: other, select: {model: EG-4*}}");
        assertThat(device.groupNames()).containsExactly("other");
        device.row("EG-4711", "named", Map.of());
        assertThat(device.groupNames()).containsExactly("named", "other");
        assertThat(device.profiles()).containsExactly("kiosk by group named");
    }

    @Test
    void givesNothingToADeviceWhoseGroupIsGone() {
        Resolution resolution = aDevice().defaultProfile("standard").row("EG-4711", "gone", Map.of()).resolve();
        assertThatThrownBy(resolution::requireSound)
                .isInstanceOf(Failure.ConfigInvalid.class)
                .hasMessageContaining("group.unknown at EG-4711")
                .hasMessageContaining("'gone'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "profile: kiosk | profile: gateway | differ in the profile (kiosk, gateway);",
        "'parameters: {site: uno, same: 1}' | 'parameters: {site: due, same: 1}' | differ in the parameter 'site';",
        "'secrets: {token: uno}' | 'secrets: {token: due}' | differ in the parameter 'token';",
        "'parameters: {token: uno}' | 'secrets: {token: due}' | differ in the parameter 'token';",
        "'profile: a, parameters: {keys: [x]}' | 'profile: b, parameters: {keys: [x, y]}' | differ in the profile (a, b), the parameter 'keys';",
    })
    void refusesToChooseBetweenGroupsOfOnePriorityThatDisagree(String one, String other, String about) {
        Fixture device = aDevice().groups(
                "{name: first, priority: 10, " + ALL + ", " + one + "}", "{name: second, priority: 10, " + ALL + ", " + other + "}");
        List<Finding> findings = device.resolve().findings();
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().id()).isEqualTo("group.disagreement");
        assertThat(findings.getFirst().path()).isEqualTo(Fixture.GUID);
        assertThat(findings.getFirst().message()).contains("'first'", "'second'", "priority 10", about).doesNotContain("uno", "due");
        assertThatThrownBy(device.resolve()::requireSound).isInstanceOf(Failure.ConfigInvalid.class);
        assertThatThrownBy(device.own("special", "site=own", "token=own", "keys=own").resolve()::requireSound)
                .as("even where the device has its own")
                .isInstanceOf(Failure.ConfigInvalid.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'priority: 10, profile: kiosk' | 'priority: 11, profile: gateway'",
        "'priority: 10, profile: kiosk, parameters: {site: x}' | 'priority: 10, profile: kiosk, parameters: {site: x}'",
        "'priority: 10, profile: kiosk' | 'priority: 10, parameters: {site: x}'",
        "'priority: 10, parameters: {a: x}' | 'priority: 10, parameters: {b: y}'",
    })
    void findsNothingWrongWithGroupsThatDoNotDisagree(String one, String other) {
        Resolution resolution = aDevice().groups("{name: first, " + ALL + ", " + one + "}", "{name: second, " + ALL + ", " + other + "}").resolve();
        assertThat(resolution.findings()).isEmpty();
        resolution.requireSound();
    }

    @Test
    void doesNotMindGroupsThatDisagreeOverOtherDevices() {
        Resolution resolution = aDevice().groups(
                "{name: first, " + ALL + ", profile: kiosk}", "{name: second, select: {serial: 'XX-*'}, profile: gateway}").resolve();
        assertThat(resolution.findings()).isEmpty();
        assertThat(resolution.profiles()).hasSize(1);
    }
}

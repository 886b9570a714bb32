package dev.slipway.ignition.assignment;

import static dev.slipway.ignition.assignment.Fixture.aDevice;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which devices a group has. */
class SelectorTest {

    private static boolean selects(Fixture device, String select) {
        return !device.groups("{name: g, select: " + select + "}").groupNames().isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{} | false",
        "{labels: {region: north}} | true",
        "{labels: {region: north, ring: canary}} | true",
        "{labels: {region: north, ring: stable}} | false",
        "{labels: {region: NORTH}} | false",
        "{labels: {absent: ''}} | false",
        "{serial: EG-4711} | true",
        "{serial: eg-4711} | false",
        "{serial: 'EG-*'} | true",
        "{serial: 'EG-????'} | true",
        "{serial: 'EG-???'} | false",
        "{serial: '*11'} | true",
        "{serial: 'EG-*-*'} | false",
        "{serial: '.*'} | false",
        "{model: EG-400} | true",
        "{model: 'EG-5*'} | false",
        "{manufacturer: 'Example*'} | true",
        "{manufacturer: Example} | false",
        "{devices: [7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60]} | true",
        "{devices: [7F3B2A90-5C1D-4E8F-9A60-1B2C3D4E5F60]} | true",
        "{devices: [1f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60]} | true",
        "{devices: [01900000-0000-7000-8000-000000000001]} | true",
        "{devices: [XX-1, EG-4711]} | true",
        "{devices: [EG-471]} | false",
        "{when: \"device.labels['ring'] == 'canary'\"} | true",
        "{when: \"device.labels['absent'] == 'x'\"} | false",
        "{when: \"'absent' in device.labels\"} | false",
        "{when: \"device.serial.startsWith('EG') && device.model != '' && device.manufacturer.contains('Dev')\"} | true",
        "{when: \"device.guid == '7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60'\"} | true",
        "{serial: 'EG-*', model: 'XX'} | false",
        "{serial: 'EG-*', when: 'false'} | false",
        "{serial: 'EG-*', model: 'EG-400', labels: {ring: canary}, devices: [EG-4711], manufacturer: '*', when: 'true'} | true",
    })
    void hasWhatEverythingHoldsOf(String select, boolean selected) {
        assertThat(selects(aDevice(), select)).isEqualTo(selected);
    }

    /** As in templates: the model takes the place of a serial that nobody stated. */
    @Test
    void takesTheModelForASerialThatIsNotStated() {
        assertThat(selects(aDevice().serial(""), "{serial: 'EG-400'}")).isTrue();
        assertThat(selects(aDevice().serial(" "), "{when: \"device.serial == 'EG-400'\"}")).isTrue();
    }

    /** What a device says of itself is no pattern, no code, and no name of another one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"*", "EG-4*", "' || true || '", "?", "\\", "[EG]", "' '' == '' '"})
    void takesTheTextsOfADeviceForTexts(String serial) {
        Fixture device = aDevice().serial(serial).labels(Map.of("x", serial));
        assertThat(selects(device, "{serial: EG-4711}")).isFalse();
        assertThat(selects(device, "{devices: [EG-4711]}")).isFalse();
        assertThat(selects(device, "{when: \"device.labels['x'] == 'EG-4711'\"}")).isFalse();
        assertThat(selects(device, "{serial: '*'}")).isTrue();
    }

    @Test
    void isNotHeldUpByAPattern() {
        String serial = "a".repeat(255);
        Instant begin = Instant.now();
        assertThat(selects(aDevice().serial(serial), "{serial: '" + "*a".repeat(120) + "*b'}")).isFalse();
        assertThat(selects(aDevice().serial(serial), "{serial: '" + "*a".repeat(120) + "*'}")).isTrue();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    /** A condition that would go on for ever has no value, and selects nothing. */
    @Test
    void isNotHeldUpByACondition() {
        Map<String, String> labels = IntStream.range(0, 64).boxed().collect(Collectors.toMap(i -> "label" + i, i -> "x"));
        String nested = "device.labels.all(a, device.labels.all(b, device.labels.all(c, device.labels.all(d, a + b + c + d != ''))))";
        Instant begin = Instant.now();
        assertThat(selects(aDevice().labels(labels), "{when: \"" + nested + "\"}")).isFalse();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void isDescribedInWords() {
        Group group = GroupReader.read("f", Fixture.bytes(
                "{name: g, select: {labels: {b: '2', a: '1'}, serial: 'EG-*', devices: [x, y], when: 'true'}}")).getFirst();
        assertThat(group.selector().describe()).isEqualTo("label a=1, label b=2, serial EG-*, one of 2 listed devices, when true");
        assertThat(SelectorWords.read(SelectorWords.write(group.selector()))).isEqualTo(group.selector());
        assertThat(SelectorWords.write(group.selector()).keySet()).containsExactlyElementsOf(List.of("labels", "serial", "devices", "when"));
    }
}

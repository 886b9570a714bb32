package dev.slipway.ignition.spec;

import static dev.slipway.ignition.spec.Configs.bytes;
import static dev.slipway.ignition.spec.Configs.config;
import static dev.slipway.ignition.spec.Configs.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.failure.Finding.Position;
import dev.slipway.failure.Finding.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValidatorTest {

    private static Remark only(Bytes config) {
        List<Remark> remarks = ConfigValidator.validate(config).remarks();
        assertThat(remarks).hasSize(1);
        return remarks.getFirst();
    }

    @ParameterizedTest
    @EnumSource(IgnitionVersion.class)
    void acceptsEachStableVersion(IgnitionVersion version) {
        assertThat(found(version.text(), "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.0", "3.7.0", "3.7.0-experimental", "3.6", "3.6.1", "v3.6.0", "3.6.0 ", "03.6.0", "", "4.0.0"})
    void refusesEveryOtherVersion(String version) {
        Remark remark = only(config(version, ""));
        assertThat(remark.id()).isEqualTo("ignition.version");
        assertThat(remark.path()).hasToString("$.ignition.version");
        assertThat(remark.message()).contains("3.0.0, 3.1.0, 3.2.0, 3.3.0, 3.4.0, 3.5.0, 3.6.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"[] | $", "'x' | $", "null | $", "{} | $.ignition.version",
        "{'ignition': null} | $.ignition.version",
        "{'ignition': []} | $.ignition", "{'ignition': {'version': 3}} | $.ignition.version", "{'ignition': {'version': null}} | $.ignition.version"})
    void refusesWhatNamesNoVersion(String json, String path) {
        assertThat(found(bytes(json))).containsExactly("error " + path);
    }

    @Test
    void namesTheVersionThatBroughtAKey() {
        Remark remark = only(config("3.2.0", "'kernelArguments': {'shouldExist': ['a']}"));
        assertThat(remark.message()).contains("3.3.0").contains("raise ignition.version");
        assertThat(remark.severity()).isEqualTo(Severity.ERROR);
        assertThat(remark.inIgnition()).contains(Severity.WARNING);
        assertThat(found("3.3.0", "'kernelArguments': {'shouldExist': ['a']}")).isEmpty();
    }

    @Test
    void saysHowAKeyInOtherLetterCaseIsWritten() {
        assertThat(only(config("3.4.0", "'Storage': {}")).message()).contains("write 'storage'");
    }

    @Test
    void seesAKeyThatIsThereTwiceInDifferentLetterCase() {
        assertThat(only(config("3.4.0", "'storage': {}, 'Storage': {}")).id()).isEqualTo("json.duplicate-key");
    }

    @Test
    void checksWhatStandsUnderAKeyInOtherLetterCaseToo() {
        assertThat(found("3.4.0", "'Storage': {'Files': [{'Path': 'x'}]}"))
                .containsExactlyInAnyOrder("error $.Storage", "error $.storage.Files", "error $.storage.files.0.Path", "error $.storage.files.0.path");
    }

    @Test
    void namesTheKeysThatAreKnown() {
        assertThat(only(config("3.0.0", "'storage': {'disk': []}")).message())
                .contains("directories, disks, files, filesystems, links, raid").doesNotContain("luks");
    }

    @Test
    void refusesIntegersOutsideTheirRange() {
        String user = "'passwd': {'users': [{'name': 'a', 'uid': %s}]}";
        assertThat(found("3.4.0", user.formatted("9223372036854775807"))).isEmpty();
        for (String number : List.of("9223372036854775808", "-9223372036854775809", "1.0", "1e3", "'1'", "true", "[]")) {
            assertThat(found("3.4.0", user.formatted(number))).as(number).containsExactly("error $.passwd.users.0.uid");
        }
    }

    @Test
    void takesNullForAbsent() {
        assertThat(found("3.4.0", "'passwd': {'users': null, 'groups': [{'name': 'a', 'gid': null}]}")).isEmpty();
        Remark remark = only(config("3.4.0", "'passwd': null"));
        assertThat(remark.inIgnition()).contains(Severity.WARNING);
        assertThat(remark.path()).hasToString("$.passwd");
    }

    @Test
    void countsLinesAndColumns() {
        String text = "{'ignition': {'version': '3.4.0'},\n 'storage': {\n  'files': [\n   {'path': 'ä'},\n   {'path': 'b', 'x': 1}]}}";
        assertThat(ConfigValidator.validate(bytes(text)).findings())
                .extracting(finding -> finding.path() + " " + finding.position().map(Position::toString).orElse(""))
                .containsExactlyInAnyOrder("$.storage.files.0.path line 4, column 13", "$.storage.files.1.path line 5, column 13",
                        "$.storage.files.1.x line 5, column 18");
    }

    @Test
    void countsColumnsInOctets() {
        assertThat(ConfigValidator.validate(bytes("{'ignition': {'version': '3.4.0'}, 'ä': 1, 'storage': []}")).findings().getLast().position())
                .contains(new Position(1, 57));
    }

    @Test
    void writesFindingsForPeople() {
        Finding finding = ConfigValidator.validate(config("3.4.0", "'storage': {'files': [{'path': 'x'}]}")).findings().getFirst();
        assertThat(finding).hasToString("error ignition.path-relative at $.storage.files.0.path, line 1, column 67:"
                + " this path is relative; write an absolute one, which starts with /");
    }

    @Test
    void quotesNoValues() {
        String secret = "top-secret";
        List<Finding> findings = ConfigValidator.validate(config("3.4.0", "'passwd': {'users': [{'name': '" + secret + "/', 'passwordHash': '" + secret
                + "', 'sshAuthorizedKeys': ['" + secret + "', '" + secret + "']}]}, 'storage': {'files': [{'path': '" + secret
                + "', 'contents': {'source': 'data:" + secret + "'}}]}")).findings();
        assertThat(findings).hasSizeGreaterThan(4).noneMatch(finding -> finding.toString().contains(secret));
    }

    @Test
    void losesNoErrorBehindManyWarnings() {
        String users = "{'name': '-', 'passwordHash': 'x'},".repeat(300);
        assertThat(ConfigValidator.validate(config("3.4.0", "'passwd': {'users': [" + users + "{'uid': -1}]}")).isValid()).isFalse();
    }

    @Test
    void checksWithoutAdviceWhatIsServed() {
        Bytes config = config("3.4.0", "'passwd': {'users': [{'name': 'a', 'passwordHash': 'plain'}]}");
        assertThat(ConfigValidator.check(config).remarks()).isEmpty();
        assertThat(ConfigValidator.validate(config).remarks()).extracting(Remark::inIgnition).containsExactly(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "storage | 'files': [{'path': '/a', 'mode': 0}, {'path': '/b', 'mode': 4095}] |",
        "storage | 'files': [{'path': '/a', 'mode': 4096}, {'path': '/b', 'mode': -1}] | error files.0.mode, error files.1.mode",
        "storage | 'disks': [{'device': '/d', 'partitions': [{'label': 'LABEL36'}]}] |",
        "storage | 'disks': [{'device': '/d', 'partitions': [{'label': 'LABEL37'}]}] | error disks.0.partitions.0.label",
        "storage | 'disks': [{'device': '/d', 'partitions': [{}]}] | error disks.0.partitions.0",
        "storage | 'disks': [{'device': '/d', 'partitions': [{'number': 1}, {'number': 2}, {'number': 1}]}] |"
            + " error disks.0.partitions.2, error disks.0.partitions.2",
        "storage | 'disks': [{'device': '/d', 'partitions': [{'number': 1, 'startMiB': 1, 'sizeMiB': 9},"
            + " {'number': 2, 'startMiB': 10, 'sizeMiB': 0}]}] |",
        "storage | 'disks': [{'device': '/d', 'partitions': [{'number': 1, 'startMiB': 1, 'sizeMiB': 10},"
            + " {'number': 2, 'startMiB': 10, 'sizeMiB': 0}]}] | error disks.0.partitions.1",
        "storage | 'disks': [{'device': '/d', 'partitions': [{'number': 1, 'startMiB': 0, 'sizeMiB': 10},"
            + " {'number': 2, 'startMiB': 1, 'sizeMiB': 9}]}] |",
        "storage | 'disks': [{'device': '/d', 'partitions': [{'number': 1, 'guid': '', 'typeGuid': '0123'}]}] | error disks.0.partitions.0.typeGuid",
        "storage | 'luks': [{'name': 'n', 'device': '/d', 'label': 'LABEL47'}] |",
        "storage | 'luks': [{'name': 'n', 'device': '/d', 'keyFile': {'source': 'x:'}}] | error luks.0.keys, error luks.0.keyFile.source",
        "storage | 'luks': [{'name': 'n', 'device': '/d', 'cex': {'enabled': true}, 'clevis': {'tpm2': true}}] | error luks.0.cex",
        "storage | 'luks': [{'name': 'n', 'device': '/d', 'clevis': {'custom': {'needsNetwork': true}}}] |"
            + " error luks.0.clevis.custom.pin, error luks.0.clevis.custom.config",
        "storage | 'filesystems': [{'device': '/d', 'label': 'a'}] | error filesystems.0.format, error filesystems.0.label",
        "storage | 'filesystems': [{'device': '/d', 'format': 'vfat', 'label': 'LABEL12'}] | error filesystems.0.label",
        "storage | 'filesystems': [{'device': '/d', 'format': 'xfs', 'label': 'LABEL12', 'options': ['a', 'a'], 'mountOptions': ['a', 'a']}] |",
        "storage | 'links': [{'path': '/a/l', 'target': '..', 'hard': true, 'user': {'id': 0}}], 'directories': [{'path': '/a'}] |"
            + " error links.0, warning links.0.user.id",
        "storage | 'disks': [{'device': '/d', 'partitions': [{'number': 1}]}], 'filesystems': [{'device': '/d', 'format': 'xfs'}] |"
            + " warning filesystems.0.device",
        "systemd | 'units': [{'name': 'a/b.service'}, {'name': 'a.b/service'}] | error units.1.name",
        "passwd | 'users': [{'name': 'a', 'groups': ['g', 'g']}] | error users.0.groups.1"})
    void keepsTheBoundsOfTheRules(String section, String fields, String expected) {
        String json = fields.replace("LABEL36", "x".repeat(36)).replace("LABEL37", "ä".repeat(18) + "x").replace("LABEL47", "x".repeat(47))
                .replace("LABEL12", "x".repeat(12));
        List<String> findings = found("3.6.0", "'" + section + "': {" + json + "}");
        assertThat(findings.stream().map(finding -> finding.replace("$." + section + ".", "")))
                .containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(", "));
    }
}

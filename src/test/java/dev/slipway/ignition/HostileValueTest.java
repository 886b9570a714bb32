package dev.slipway.ignition;

import static dev.slipway.ignition.Profiles.withInline;
import static dev.slipway.ignition.Profiles.withSections;
import static dev.slipway.ignition.Profiles.withUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.failure.Finding;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileValueTest {

    private static void check(String sections, String leaf, BiPredicate<String, String> plain) {
        HostileValues.check(withSections(sections), leaf, (serial, written) -> plain.test(serial, written.textValue()));
    }

    @Test
    void fileContentsHoldTheValueAsItIs() {
        check("\"storage\": {\"files\": [{\"path\": \"/a\", \"contents\": {\"inline\": \"<{{ device.serial }}>\\n\"}}]}",
                "/storage/files/0/contents/source",
                (serial, written) -> written.startsWith("data:,")
                        && URLDecoder.decode(written.substring(6).replace("+", "%2B"), StandardCharsets.UTF_8).equals("<" + serial + ">\n"));
    }

    @Test
    void descriptionsOfUnitsStayOnTheirLine() {
        check("\"systemd\": {\"units\": [{\"name\": \"a.service\", \"contents\": \"[Unit]\\nDescription=A {{ device.serial }}\\nAfter=b\\n\"}]}",
                "/systemd/units/0/contents",
                (serial, written) -> written.equals("[Unit]\nDescription=A " + serial.replace("%", "%%") + "\nAfter=b\n")
                        && written.chars().filter(Character::isISOControl).count() == 3 && !serial.endsWith("\\"));
    }

    @Test
    void quotedValuesInUnitsStayInTheirQuotes() {
        check("\"systemd\": {\"units\": [{\"name\": \"a.service\", \"contents\": \"[Service]\\nEnvironment=\\\"A={{ device.serial }}\\\"\\n\"}]}",
                "/systemd/units/0/contents",
                (serial, written) -> written.equals("[Service]\nEnvironment=\"A=" + serial.replace("%", "%%") + "\"\n")
                        && written.chars().filter(c -> c == '"').count() == 2 && written.indexOf('\\') < 0);
    }

    @Test
    void valuesInPathsStayOneSegment() {
        check("\"storage\": {\"files\": [{\"path\": \"/etc/{{ device.serial }}\"}]}", "/storage/files/0/path",
                (serial, written) -> written.equals("/etc/" + serial) && written.split("/", -1).length == 3
                        && Path.of(written).normalize().toString().equals(written));
    }

    @Test
    void valuesInUrlsStayInTheirPart() {
        check("\"storage\": {\"files\": [{\"path\": \"/a\", \"contents\": {\"source\": \"https://h/a/{{ device.serial }}/b?c=d\"}}]}",
                "/storage/files/0/contents/source",
                (serial, written) -> {
                    URI uri = URI.create(written).normalize();
                    return uri.getHost().equals("h") && uri.getRawQuery().equals("c=d") && uri.getRawPath().split("/").length == 4
                            && uri.getPath().equals("/a/" + serial + "/b");
                });
    }

    @Test
    void kernelArgumentsStayOneArgument() {
        check("\"kernelArguments\": {\"shouldExist\": [\"a={{ device.serial }}\"]}", "/kernelArguments/shouldExist/0",
                (serial, written) -> written.equals("a=" + serial) && written.matches("[^\\s\"'\\\\]+"));
    }

    @Test
    void sshKeysStayOneLine() {
        check("\"passwd\": {\"users\": [{\"name\": \"a\", \"sshAuthorizedKeys\": [\"ssh-ed25519 AAAA {{ device.serial }}\"]}]}",
                "/passwd/users/0/sshAuthorizedKeys/0",
                (serial, written) -> written.equals("ssh-ed25519 AAAA " + serial) && written.lines().count() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"merge\": [{\"inline\": \"{}{{ device.serial }}\"}]", "\"replace\": {\"inline\": \"{{ device.serial }}\"}"})
    void refusesValuesInChildConfigs(String reference) {
        assertThat(Profiles.aProfile().document(ProfileSource.CONFIG, "{\"ignition\": {\"version\": \"3.4.0\", \"config\": {" + reference + "}}}").lint())
                .extracting(Finding::id).containsExactly("template.place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0b", "a\nb", "\u007f", "\u2028"})
    void refusesWhatIsNoSegmentInPathsAndUnitNames(String serial) {
        assertThat(withSections("\"storage\": {\"files\": [{\"path\": \"/etc/{{ device.serial }}\"}]}").serial(serial).renderRefusal())
                .containsExactly(new Finding("render.value-refused", "config.ign.json#/storage/files/0/path", Finding.Severity.ERROR,
                        serial.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028)
                                ? "the value holds a control character, such as a line end, which cannot stand here"
                                : "the value must be one segment of a path: not empty, not '.' or '..', and without '/'", Optional.of(new Finding.Position(1, 67))));
        assertThat(withSections("\"systemd\": {\"units\": [{\"name\": \"{{ device.serial }}.service\"}]}").serial(serial).renderRefusal())
                .extracting(Finding::path).containsExactly("config.ign.json#/systemd/units/0/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x y", "x;y", "x\"y", "x'y", "x\\y", "x$y", "", "x\ny", "x\u00a0y"})
    void refusesWhatIsNoWordInAUnit(String serial) {
        assertThat(withUnit("[Service]\nExecStart=/bin/a \\\n  {{ device.serial }}\n").serial(serial).renderRefusal())
                .extracting(Finding::id).containsExactly("render.value-refused");
    }

    @Test
    void refusesTextsOfAListThatAreNoLine() {
        assertThat(withSections("\"passwd\": {\"users\": [{\"name\": \"a\", \"sshAuthorizedKeys\": \"{{ param.list }}\"}]}")
                        .values("token: t\nlist: [\"a\\nb\", c]").renderRefusal())
                .extracting(Finding::id, Finding::path)
                .containsExactly(tuple("render.value-refused", "config.ign.json#/passwd/users/0/sshAuthorizedKeys"));
        assertThat(withSections("\"kernelArguments\": {\"shouldExist\": \"{{ param.list }}\"}").values("token: t\nlist: [a b]").renderRefusal())
                .hasSize(1);
    }

    @Test
    void refusesExpressionsWithoutAValue() {
        assertThat(withInline("\"{{ device.labels['nope'] }}\"").renderRefusal()).extracting(Finding::id).containsExactly("render.no-value");
        assertThat(withInline("\"{{ 1.0 / 0.0 }}\"").renderRefusal()).extracting(Finding::id).containsExactly("render.value-type");
    }

    @Test
    void saysNothingOfASecretThatDoesNotFit() {
        assertThat(withInline("\"{{ param.token.split('-')[7] }}\"").renderRefusal().toString()).doesNotContain("top").doesNotContain("secret-");
        assertThat(withSections("\"passwd\": {\"users\": [{\"name\": \"a\", \"passwordHash\": \"{{ param.token }}\"}]}")
                .values("token: \"top\\nsecret\"").renderRefusal().toString()).doesNotContain("top");
    }

    @Test
    void refusesTypesThatOnlyTheValueShows() {
        assertThat(withSections("\"passwd\": {\"users\": [{\"name\": \"a\", \"uid\": \"{{ param.text }}\"}]}").renderRefusal())
                .extracting(Finding::id, Finding::path)
                .containsExactly(tuple("ignition.type", "rendered config#/passwd/users/0/uid"));
    }

    @Test
    void refusesConfigsOverTheLimit() {
        assertThat(withInline("\"{{ device.serial }}\"").serial("a".repeat((256 << 10) + 1)).renderRefusal())
                .extracting(Finding::id).containsExactly("render.value-refused");
        assertThat(withInline("\"{{ device.serial }}{{ device.serial }}\"").serial("\n".repeat(200_000)).renderRefusal())
                .extracting(Finding::id).containsExactly("document.too-large");
    }
}

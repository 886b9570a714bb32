package dev.slipway.ignition.butane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is no YAML that Butane would take as it was meant. */
class ButaneConfigTest {

    private static final String HEAD = "variant: fcos\nversion: 1.5.0\n";

    private static List<Finding> findings(String yaml) {
        return findings(Bytes.of(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Finding> findings(Bytes yaml) {
        List<Finding> findings = new ArrayList<>();
        ButaneConfig.read("config.bu", yaml, Markup.NONE, findings);
        return findings;
    }

    private static String refusal(String yaml) {
        return findings(yaml).stream().map(finding -> finding.id() + " at " + finding.position().orElseThrow()).findFirst().orElse("none");
    }

    @Test
    void refusesWhatIsNoDocument() {
        assertThat(refusal("")).isEqualTo("document.empty at line 1, column 1");
        assertThat(refusal("# nothing\n")).isEqualTo("document.empty at line 1, column 1");
        assertThat(refusal("[]")).isEqualTo("butane.type at line 1, column 1");
        assertThat(refusal("\uFEFF" + HEAD)).isEqualTo("document.byte-order-mark at line 1, column 1");
        assertThat(refusal(HEAD + "storage: [\n")).startsWith("yaml.syntax at line ");
        assertThat(findings(Bytes.of((byte) 0xff, (byte) 'a'))).extracting(Finding::id).containsExactly("document.not-utf8");
        assertThat(refusal(HEAD + " ".repeat(1 << 20))).isEqualTo("document.too-large at line 1, column 1");
    }

    @Test
    void refusesASecondDocumentAndTags() {
        assertThat(refusal(HEAD + "---\nvariant: fcos\n")).isEqualTo("yaml.unsupported at line 3, column 1");
        assertThat(refusal(HEAD + "storage: !x {}\n")).isEqualTo("yaml.unsupported at line 3, column 10");
        assertThat(refusal("variant: !!str fcos\nversion: 1.5.0\n")).isEqualTo("yaml.unsupported at line 1, column 10");
    }

    @Test
    void refusesDocumentsThatUnfoldToMoreThanTheyAre() {
        String files = "storage:\n  files:\n" + "    - &f {path: /a, append: &a [" + "{inline: x},".repeat(300) + "]}\n" + "    - *f\n".repeat(300);
        assertThat(refusal(HEAD + files)).startsWith("yaml.unsupported at line 5, ");
        assertThat(refusal(HEAD + "storage: &s {files: [*s]}\n")).isEqualTo("butane.unknown-key at line 3, column 14");
        assertThat(refusal(HEAD + "systemd: {units: [&u {<<: *u, name: a.service}]}\n")).isEqualTo("yaml.unsupported at line 3, column 19");
        assertThat(refusal(HEAD + "storage: " + "[".repeat(100_000))).isEqualTo("yaml.unsupported at line 3, column 41");
    }

    @Test
    void mergesMappingsThatAreNamed() {
        assertThat(findings(HEAD + "systemd: {units: [&u {name: a.service}, {<<: [*u, {mask: true}]}]}\n")).isEmpty();
        assertThat(refusal(HEAD + "systemd: {units: [{<<: 7}]}\n")).isEqualTo("butane.type at line 3, column 24");
        assertThat(refusal(HEAD + "systemd: {\"<<\": {units: []}}\n")).isEqualTo("butane.unknown-key at line 3, column 11");
    }

    @Test
    void refusesKeysThatAreNoWords() {
        assertThat(refusal(HEAD + "? [a]\n: b\n")).isEqualTo("butane.type at line 3, column 3");
        assertThat(refusal(HEAD + "storage: {files: [], files: []}\n")).isEqualTo("butane.duplicate-key at line 3, column 22");
    }

    @Test
    void namesTheVersionsOfAVariant() {
        assertThat(findings("variant: r4e\nversion: 1.2.0\n")).extracting(Finding::message)
                .containsExactly("the version is missing or not known; write one of those of r4e: 1.0.0, 1.1.0");
        assertThat(findings("variant: openshift\nversion: 4.14.0\n")).extracting(Finding::id).containsExactly("butane.variant");
        assertThat(findings("variant: fcos\nversion: 1.8.0-experimental\n")).extracting(Finding::id).containsExactly("butane.version");
        assertThat(findings("{}")).extracting(Finding::id).containsExactly("butane.variant", "butane.version");
    }

    @Test
    void refusesHalfACharacter() {
        assertThat(findings(HEAD + "passwd: {users: [{name: \"\\ud800\"}]}\n")).extracting(Finding::isError).contains(true);
    }
}

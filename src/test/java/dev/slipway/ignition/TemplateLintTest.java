package dev.slipway.ignition;

import static dev.slipway.ignition.Profiles.aProfile;
import static dev.slipway.ignition.Profiles.withInline;
import static dev.slipway.ignition.Profiles.withSections;
import static dev.slipway.ignition.Profiles.withUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.failure.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateLintTest {

    private static final String CONTENTS = "config.ign.json#/storage/files/0/contents";

    private static void assertOnly(List<Finding> findings, String id, String path) {
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().id()).isEqualTo(id);
        assertThat(findings.getFirst().path()).isEqualTo(path);
    }

    private static void assertOnly(List<Finding> findings, String id, String path, String lineAndColumn) {
        assertOnly(findings, id, path);
        assertThat(findings.getFirst().position()).map(place -> place.line() + ":" + place.column()).hasValue(lineAndColumn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ device.color }}", "{{ param.nope }}", "{{ serial }}", "{{ device.serial + 1 }}", "{{ }}", "{{ 'a",
            "{{ 1 +", "{{ {'a' }}",
            "a {{ param.list }}", "a {{ device.labels }}"})
    void refusesExpressionsThatCannotBeCompiled(String text) {
        List<Finding> findings = withSections("\"passwd\": {\"users\": [{\"name\": \"a\", \"gecos\": " + Profiles.quoted(text) + "}]}").lint();
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().path()).isEqualTo("config.ign.json#/passwd/users/0/gecos");
    }

    @Test
    void namesTheKnownNamesWhereOneIsUnknown() {
        assertThat(withInline("\"{{ param.nope }}\"").lint().getFirst().message()).contains("known are device.guid").contains("param.token");
    }

    @Test
    void collectsAllFindings() {
        assertThat(withSections("\"passwd\": {\"users\": [{\"name\": \"{{ x }}\", \"gecos\": \"{{ y }}\", \"color\": 1}]}, \"Storage\": {}").lint())
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("template.expression", "template.expression", "ignition.unknown-key", "ignition.unknown-key");
    }

    @Test
    void refusesUnknownDirectives() {
        assertOnly(withSections("\"passwd\": {\"$each\": \"param.list\"}").lint(), "template.directive", "config.ign.json#/passwd/$each");
        assertOnly(withSections("\"$when\": \"true\"").lint(), "template.directive", "config.ign.json#/$when");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"{{ param.flag }}\"", "\"param.text\"", "\"param.nope\"", "1", "\"\""})
    void refusesConditionsThatAreNone(String condition) {
        assertThat(withSections("\"passwd\": {\"$when\": " + condition + "}").lint()).extracting(Finding::path)
                .containsExactly("config.ign.json#/passwd/$when");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"{{ param.list }}\"", "\"param.text\"", "\"param.nope\"", "1", "\"\""})
    void refusesRepetitionsOfNoList(String each) {
        assertThat(withSections("\"storage\": {\"links\": [{\"$each\": " + each + ", \"path\": \"/a\", \"target\": \"b\"}]}").lint())
                .extracting(Finding::path).contains("config.ign.json#/storage/links/0/$each");
    }

    @Test
    void knowsItemsOnlyWhereTheyAreRepeated() {
        assertThat(withInline("\"{{ item }}\"").lint()).extracting(Finding::id).containsExactly("template.expression");
        assertThat(withSections("\"storage\": {\"links\": [{\"$each\": \"param.list\", \"path\": \"/{{ item.nope }}\", \"target\": \"b\"}]}").lint())
                .extracting(Finding::id, Finding::path)
                .containsExactly(tuple("template.expression", "config.ign.json#/storage/links/0/path"));
    }

    @Test
    void keepsSecretsThatAreRepeatedFromOthers() {
        String files = "\"storage\": {\"files\": [{\"$each\": \"[param.token]\", \"path\": \"/a\", \"mode\": %d, \"contents\": {\"inline\": \"{{ item }}\"}}]}";
        assertOnly(withSections(files.formatted(420)).lint(), "template.secret", "config.ign.json#/storage/files/0/contents/inline");
        withSections(files.formatted(384)).parse();
        assertThat(withInline("\"{{ ticket.authorization }}\"").parse().warnings()).isEmpty();
        assertThat(withUnit("[Unit]\nDescription={{ ticket.authorization }}\n").lint()).extracting(Finding::id).containsExactly("template.secret");
    }

    @Test
    void refusesExpressionsInKeys() {
        assertThat(withSections("\"{{ param.text }}\": {}").lint()).extracting(Finding::id).contains("template.key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:,{{ device.serial }}", "DATA:;base64,{{ param.text }}", "{{ param.text }}",
            "{{ param.text }}://host/x", "https://{{ param.text }}/x",
            "https://host{{ param.text }}", "https://host/x#{{ param.text }}", "arn:aws:s3:::{{ param.text }}", "https://host/%4{{ param.text }}"})
    void refusesExpressionsInUrlsOutsidePathAndQuery(String source) {
        assertOnly(withSections("\"storage\": {\"files\": [{\"path\": \"/a\", \"contents\": {\"source\": \"" + source + "\"}}]}").lint(),
                "template.place", CONTENTS + "/source");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ param.text }}", "[{{ param.text }}]\nA=b", "[Unit]\n{{ param.text }}\n", "[Unit]\n{{ param.text }}=x\n",
            "[Unit]\nDescription=100%{{ param.text }}\n", "[Service]\nExecStart=a \\{{ param.text }}\n"})
    void refusesExpressionsInUnitsOutsideValues(String contents) {
        assertOnly(withUnit(contents).lint(), "template.place", "config.ign.json#/systemd/units/0/contents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"source\": \"data:,\"", "\"compression\": \"gzip\"", "\"httpHeaders\": []"})
    void refusesInlineBesideWhatItReplaces(String other) {
        assertThat(withSections("\"storage\": {\"files\": [{\"path\": \"/a\", \"contents\": {\"inline\": \"x\", " + other + "}}]}").lint())
                .extracting(Finding::id).contains("template.inline");
    }

    @Test
    void refusesInlineThatIsNoText() {
        assertOnly(withInline("[1]").lint(), "template.inline", CONTENTS + "/inline");
        assertOnly(withInline("\"{{ param.list }}\"").lint(), "template.value-type", CONTENTS + "/inline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"mode\": 420,", "\"mode\": 388,", "\"mode\": 385,", "\"mode\": \"{{ param.number }}\",", "\"mode\": -8,"})
    void refusesSecretsInFilesThatOthersCanReach(String mode) {
        String file = "{\"path\": \"/a\", " + mode + " \"contents\": {\"inline\": \"{{ param.token }}\"}}";
        assertThat(withSections("\"storage\": {\"files\": [" + file + "]}").lint()).extracting(Finding::id, Finding::path)
                .contains(tuple("template.secret", CONTENTS + "/inline"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"384", "256", "416", "0"})
    void takesSecretsInFilesThatKeepOthersOut(String mode) {
        String file = "{\"path\": \"/a\", \"mode\": " + mode + ", \"contents\": {\"inline\": \"{{ param.token }}\"}, \"append\":"
                + " [{\"source\": \"https://host/x\", \"httpHeaders\": [{\"name\": \"A\", \"value\": \"{{ param.token }}\"}]}]}";
        assertThat(withSections("\"storage\": {\"files\": [" + file + "]}").json()).contains("data:,top-secret").contains("\"value\":\"top-secret\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"systemd\": {\"units\": [{\"name\": \"a.service\", \"contents\": \"[Service]\\nEnvironment=T={{ param.token }}\\n\"}]}",
            "\"kernelArguments\": {\"shouldExist\": [\"t={{ param.token }}\"]}",
            "\"storage\": {\"files\": [{\"path\": \"/etc/{{ param.token }}\", \"mode\": 384}]}",
            "\"storage\": {\"files\": [{\"path\": \"/a\", \"mode\": 384, \"contents\": {\"source\": \"https://h/{{ param.token }}\"}}]}",
            "\"passwd\": {\"users\": [{\"name\": \"a\", \"gecos\": \"{{ [param.token].map(t, t)[0] }}\"}]}"})
    void refusesSecretsInPlacesThatEverybodyCanRead(String sections) {
        assertThat(withSections(sections).lint()).extracting(Finding::id).containsExactly("template.secret");
    }

    @Test
    void refusesKeysAndTypesThatTheVersionDoesNotKnowEvenUnderAFalseCondition() {
        assertThat(withSections("\"passwd\": {\"$when\": \"false\", \"users\": [{\"name\": \"a\", \"uid\": \"1\", \"colour\": 1}]}").lint())
                .extracting(Finding::id, Finding::path)
                .containsExactlyInAnyOrder(
                        tuple("ignition.type", "config.ign.json#/passwd/users/0/uid"),
                        tuple("ignition.unknown-key", "config.ign.json#/passwd/users/0/colour"));
    }

    @Test
    void refusesWhatBreaksARuleWithLineAndColumn() {
        String config = "{\n  \"ignition\": {\"version\": \"3.4.0\"},\n  \"storage\": {\"files\": [{\"path\": \"etc/x\"}]}\n}";
        assertOnly(aProfile().document("config.ign.json", config).lint(), "ignition.path-relative", "config.ign.json#/storage/files/0/path", "3:34");
    }

    @Test
    void findsNoFaultWithValuesThatAreNotKnownYet() {
        withSections("""
                "storage": {
                  "disks": [{"device": "/dev/{{ param.text }}", "partitions": [{"number": "{{ param.number }}"}, {"label": "{{ param.text }}"}]}],
                  "files": [
                    {"path": "/{{ param.text }}", "overwrite": true, "mode": "{{ param.number }}", "contents": {"inline": "{{ param.text }}"}},
                    {"path": "/{{ param.text }}", "append": [{"source": "https://h/{{ param.text }}", "verification": {"hash": "{{ param.text }}"}}]}],
                  "links": [{"path": "/l", "target": "{{ param.text }}", "hard": "{{ param.flag }}"}]},
                "systemd": {"units": [{"name": "{{ param.text }}.service", "enabled": true, "contents": "[Service]\\nA={{ param.text }}\\n"}]},
                "passwd": {"users": [{"name": "{{ param.text }}", "sshAuthorizedKeys": "{{ param.list }}"}]}""").parse();
    }

    @Test
    void comparesNoEntriesThatMayExcludeEachOther() {
        String files = "\"storage\": {\"files\": [{%s\"path\": \"/a\"}, {%s\"path\": \"/a\"}]}";
        withSections(files.formatted("\"$when\": \"param.flag\", ", "\"$when\": \"!param.flag\", ")).parse();
        assertOnly(withSections(files.formatted("", "")).lint(), "ignition.duplicate", "config.ign.json#/storage/files/1");
    }

    @Test
    void keepsWarningsForWhoeverAsks() {
        List<Finding> warnings = withSections("\"storage\": {\"files\": [{\"path\": \"/a\", \"mode\": 2541}]}").parse().warnings();
        assertOnly(warnings, "ignition.mode-special-bits", "config.ign.json#/storage/files/0/mode", "1:81");
    }

    @Test
    void saysWhereTheJsonIsBroken() {
        assertOnly(aProfile().document("config.ign.json", "{\n  \"a\": 1,\n}").lint(), "json.syntax", "config.ign.json", "3:2");
        assertOnly(aProfile().document("config.ign.json", "{\"a\": 1, \"a\": 2}").lint(), "json.duplicate-key", "config.ign.json#/a", "1:10");
        assertOnly(aProfile().document("config.ign.json", "").lint(), "json.empty", "config.ign.json");
        assertThat(aProfile().document("config.ign.json", "[".repeat(33) + "]".repeat(33)).lint())
                .extracting(Finding::id).containsExactly("json.limit");
    }

    @Test
    void refusesVersionsFromExpressions() {
        assertThat(aProfile().document("config.ign.json", "{\"ignition\": {\"version\": \"{{ param.text }}\"}}").lint())
                .extracting(Finding::id).containsExactly("ignition.version");
    }

    @Test
    void refusesProfilesWithoutTheirDocuments() {
        assertOnly(aProfile().without("config.ign.json").lint(), "profile.document-missing", "config.ign.json");
        assertOnly(aProfile().without("parameters.yaml").lint(), "profile.document-missing", "parameters.yaml");
    }

    @Test
    void refusesDocumentsOverTheLimit() {
        assertOnly(aProfile().document("config.ign.json", " ".repeat((1 << 20) + 1)).lint(), "document.too-large", "config.ign.json");
        assertOnly(withInline("\"{{ '" + "a".repeat(4096) + "' }}\"").lint(), "template.expression", CONTENTS + "/inline");
    }
}

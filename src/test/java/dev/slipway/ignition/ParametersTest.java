package dev.slipway.ignition;

import static dev.slipway.ignition.Profiles.aProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.failure.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    private static List<Finding> declared(String yaml) {
        return aProfile().document("parameters.yaml", yaml).lint();
    }

    private static List<Finding> given(String yaml) {
        List<ParameterDeclaration> declarations = aProfile().parse().parameters();
        return Profiles.refusal(() -> ParameterValues.parse(declarations, Profiles.bytes(yaml)));
    }

    @Test
    void readsDeclarations() {
        assertThat(aProfile().document("parameters.yaml", """
                - name: a_1
                  type: strings
                  default: ["x", 12, yes]
                  description: Some texts.
                - {name: b, type: string, required: true, secret: true, description: A secret.}
                """).parse().parameters()).containsExactly(
                new ParameterDeclaration("a_1", ParameterType.STRINGS, false, false, java.util.Optional.empty(),
                        java.util.Optional.of(new ParameterValue.Texts(List.of("x", "12", "yes"))), "Some texts."),
                new ParameterDeclaration("b", ParameterType.STRING, true, true, java.util.Optional.empty(), java.util.Optional.empty(), "A secret."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "- {name: A, type: string, default: x, description: d} | parameter.name | 1:10",
        "- {name: a, type: text, default: x, description: d} | parameter.type | 1:19",
        "- {name: a, type: string, default: x} | parameter.incomplete | 1:3",
        "- {name: a, type: string, description: d} | parameter.default-missing | 1:3",
        "- {name: a, type: integer, default: x, description: d} | yaml.type | 1:37",
        "- {name: a, type: boolean, default: yes, description: d} | yaml.type | 1:37",
        "- {name: a, type: strings, default: x, description: d} | yaml.type | 1:37",
        "- {name: a, type: string, default: ~, description: d} | yaml.type | 1:36",
        "- {name: a, type: string, secret: true, default: x, description: d} | parameter.secret-default | 1:3",
        "- {name: a, type: integer, secret: true, required: true, description: d} | parameter.secret-type | 1:3",
        "- {name: a, type: string, color: x, default: x, description: d} | yaml.unknown-key | 1:34",
        "- {name: a, name: b, type: string, default: x, description: d} | yaml.duplicate-key | 1:13",
        "- x | yaml.type | 1:3",
        "a: b | yaml.type | 1:1",
        "- [a | yaml.syntax | 1:5",
    })
    void refusesWrongDeclarations(String yaml, String id, String at) {
        assertThat(declared(yaml)).extracting(Finding::id, Finding::path).contains(tuple(id, "parameters.yaml:" + at));
    }

    @Test
    void holdsTextsToThePatternOfTheirDeclaration() {
        String declarations = """
                - {name: word, type: string, default: a, pattern: "[a-z]+", description: A word.}
                - {name: words, type: strings, default: [], pattern: "[a-z]+", description: Words.}
                - {name: token, type: string, required: true, secret: true, pattern: "[!-~]{8,}", description: A secret.}
                """;
        assertThat(aProfile().document("parameters.yaml", declarations).values("{word: abc, words: [x, y], token: long-enough}").render()).isNotNull();
        assertThat(aProfile().document("parameters.yaml", declarations).values("{word: \"a\\nb\", words: [x, Y], token: short}").renderRefusal())
                .extracting(Finding::id, Finding::message).containsExactly(
                        tuple("parameter.pattern", "the parameter 'word' must be a text that matches [a-z]+"),
                        tuple("parameter.pattern", "the parameter 'words' must be a list of texts that matches [a-z]+"),
                        tuple("parameter.pattern", "the parameter 'token' must be a text that matches [!-~]{8,}"));
        for (String wrong : List.of("type: string, pattern: \"[a\", default: a", "type: integer, pattern: \"1\", default: 1",
                "type: string, pattern: \"[a-z]+\", default: A")) {
            assertThat(declared("- {name: a, " + wrong + ", description: A value.}")).as(wrong).extracting(Finding::id).containsExactly("parameter.pattern");
        }
    }

    @Test
    void refusesTwoDeclarationsOfOneName() {
        assertThat(declared("- &a {name: a, type: string, default: x, description: d}\n- {name: a, type: string, default: x, description: d}\n"))
                .extracting(Finding::id, Finding::path).containsExactly(tuple("parameter.duplicate", "parameters.yaml:2:3"));
    }

    @Test
    void readsValuesByTheirDeclaredType() {
        ParameterValues values = ParameterValues.parse(aProfile().parse().parameters(),
                Profiles.bytes("text: 0123\nnumber: -5\nflag: false\nlist: [1.0, no]\ntoken: \"s\""));
        assertThat(values.values()).isEqualTo(Map.of("text", new ParameterValue.Text("0123"), "number", new ParameterValue.Whole(-5),
                "flag", new ParameterValue.Flag(false), "list", new ParameterValue.Texts(List.of("1.0", "no")),
                "token", new ParameterValue.Text("s")));
    }

    @Test
    void takesDefaultsForWhatIsNotGiven() {
        ParameterValues values = ParameterValues.parse(aProfile().parse().parameters(), Profiles.bytes("token: s"));
        assertThat(values.values()).containsEntry("text", new ParameterValue.Text("hello")).containsEntry("number", new ParameterValue.Whole(7));
    }

    @Test
    void namesEverythingWrongWithValues() {
        assertThat(given("number: many\nflag: 1\nlist: a\ncolour: red\ntext: [x]\n")).extracting(Finding::id, Finding::path)
                .containsExactlyInAnyOrder(
                        tuple("yaml.type", "parameters.yaml:1:9"), tuple("yaml.type", "parameters.yaml:2:7"),
                        tuple("yaml.type", "parameters.yaml:3:7"), tuple("yaml.type", "parameters.yaml:5:7"),
                        tuple("parameter.missing", "parameters.yaml"), tuple("parameter.unknown", "parameters.yaml:4:9"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | parameter.missing", "'token: \"\"' | parameter.missing", "'token: a\ntoken: b' | yaml.duplicate-key",
        "'- a' | yaml.type", "'token: \"a' | yaml.syntax", "'token: a\n---\ntoken: b' | yaml.syntax", "'token: a\n? [x]\n: y' | yaml.type",
        "'token: *x' | yaml.syntax"})
    void refusesFilesThatAreNoMappingOfValues(String yaml, String id) {
        assertThat(given(yaml)).extracting(Finding::id).contains(id);
    }

    @Test
    void showsNoValueOfParameters() {
        ParameterValues values = ParameterValues.parse(aProfile().parse().parameters(), Profiles.bytes("token: top-secret"));
        assertThat(values.toString()).contains("token").doesNotContain("top-secret");
        assertThat(values.values().toString()).doesNotContain("top-secret");
        assertThat(given("token: [top-secret]").toString()).doesNotContain("top-secret");
        assertThat(given("token: *top-secret").toString()).doesNotContain("top-secret");
        assertThat(given("token: !top!secret x").toString()).doesNotContain("top!");
        assertThat(given("token: \"top-secret").toString()).doesNotContain("top-secret");
    }

    @Test
    void writesAFileThatIsReadBack() {
        String yaml = InitialParameters.write("test", aProfile().document("parameters.yaml", """
                - {name: text, type: string, default: "a\\"\\\\\\n\\u00fc%𝄞", description: "Two\\nlines."}
                - {name: list, type: strings, default: [], description: A list.}
                - {name: number, type: integer, default: 7, description: A number.}
                - {name: flag, type: boolean, default: true, description: A flag.}
                - {name: token, type: string, secret: true, required: true, description: A secret.}
                - {name: must, type: string, required: true, description: Has no default.}
                """).parse().parameters(), () -> "random");
        assertThat(yaml).isEqualTo("""
                # Parameters of the profile test, made on first start; edit them and restart.

                # Two
                # lines.
                # (string)
                text: "a\\"\\\\\\u000a\\u00fc%\\ud834\\udd1e"

                # A list.
                # (strings)
                list: []

                # A number.
                # (integer)
                number: 7

                # A flag.
                # (boolean)
                flag: true

                # A secret.
                # (string, required, secret)
                token: "random"

                # Has no default.
                # (string, required)
                # must: write a text here
                """);
    }
}

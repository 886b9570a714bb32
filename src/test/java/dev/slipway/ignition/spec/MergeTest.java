package dev.slipway.ignition.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.failure.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "ignition-merge/";

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }

    private static JsonNode config(String sections) throws Exception {
        return json("{\"ignition\": {\"version\": \"3.6.0\"}, " + sections + "}");
    }

    private static JsonNode vector(String name) {
        try {
            return json(Vectors.text(FOLDER + name + ".ign"));
        } catch (Exception e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** The layers of a case, lowest first. */
    static Merged merge(String name) {
        List<Layer> layers = new ArrayList<>(List.of(new Layer("parent", vector(name + "/parent"))));
        for (int i = 1; i == 1 || Vectors.file(FOLDER + name).resolve("child" + i + ".ign").toFile().exists(); i++) {
            layers.add(new Layer("child" + i, vector(name + "/child" + i)));
        }
        return Merge.of(layers);
    }

    static Stream<String> acceptedCases() {
        return vectorCases().stream().filter(name -> Vectors.file(FOLDER + name).resolve("merged.ign").toFile().exists());
    }

    private static List<String> vectorCases() {
        List<String> names = new ArrayList<>();
        try {
            json(Vectors.text(FOLDER + "expected.json")).get("cases").fieldNames().forEachRemaining(names::add);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    private static Merged merge(String lower, String upper) throws Exception {
        return Merge.of(List.of(new Layer("base", config(lower)), new Layer("device", config(upper))));
    }

    private static String origin(Merged merged, String pointer) {
        ConfigPath path = ConfigPath.ROOT;
        for (String step : pointer.substring(1).split("/")) {
            path = step.matches("[0-9]+") ? path.child(Integer.parseInt(step)) : path.child(step);
        }
        return merged.origin(path).map(origin -> origin.layer() + " " + origin.path()).orElse("nowhere");
    }

    @ParameterizedTest
    @MethodSource("acceptedCases")
    void mergesAsIgnitionDoes(String name) {
        assertThat(merge(name).config()).isEqualTo(vector(name + "/merged"));
    }

    @Test
    void hasVectorsToCompareWith() {
        assertThat(acceptedCases()).hasSize(13);
        assertThat(vectorCases()).hasSize(15);
    }

    @Test
    void tellsTheLayerOfEachValue() throws Exception {
        Merged merged = merge("\"storage\": {\"files\": [{\"path\": \"/a\", \"mode\": 420}, {\"path\": \"/b\", \"mode\": 1}]}",
                "\"storage\": {\"files\": [{\"path\": \"/b\", \"mode\": 2}, {\"path\": \"/c\"}], \"links\": [{\"path\": \"/a\", \"target\": \"x\"}]}");
        assertThat(merged.config().at("/storage/files").findValuesAsText("path")).containsExactly("/b", "/c");
        assertThat(origin(merged, "/storage/files/0/mode")).isEqualTo("device $.storage.files.0.mode");
        assertThat(origin(merged, "/storage/files/1/path")).isEqualTo("device $.storage.files.1.path");
        assertThat(origin(merged, "/storage/links/0")).isEqualTo("device $.storage.links.0");
        assertThat(origin(merged, "/storage/files/2")).isEqualTo("nowhere");
        assertThat(origin(merged, "/ignition/version")).isEqualTo("device $.ignition.version");
    }

    @Test
    void tellsThePlaceInTheLayerOfAnEntryThatMoved() throws Exception {
        Merged merged = merge("\"passwd\": {\"users\": [{\"name\": \"a\", \"uid\": 1}, {\"name\": \"b\", \"uid\": 2}]}",
                "\"passwd\": {\"users\": [{\"name\": \"c\"}, {\"name\": \"a\", \"shell\": \"/s\"}]}");
        assertThat(merged.config().at("/passwd/users").findValuesAsText("name")).containsExactly("a", "b", "c");
        assertThat(origin(merged, "/passwd/users/0/uid")).isEqualTo("base $.passwd.users.0.uid");
        assertThat(origin(merged, "/passwd/users/0/shell")).isEqualTo("device $.passwd.users.1.shell");
        assertThat(origin(merged, "/passwd/users/1")).isEqualTo("base $.passwd.users.1");
        assertThat(origin(merged, "/passwd/users/2/name")).isEqualTo("device $.passwd.users.0.name");
    }

    @Test
    void remembersALayerBelowTheOthers() throws Exception {
        String user = "\"passwd\": {\"users\": [{\"name\": \"a\", %s}]}";
        Merged merged = Merge.of(List.of(new Layer("base", config(user.formatted("\"groups\": [\"g\"]"))),
                new Layer("group", config(user.formatted("\"uid\": 1"))), new Layer("device", config(user.formatted("\"shell\": \"/s\"")))));
        assertThat(origin(merged, "/passwd/users/0/groups")).isEqualTo("base $.passwd.users.0.groups");
        assertThat(origin(merged, "/passwd/users/0/groups/0")).isEqualTo("base $.passwd.users.0.groups.0");
        assertThat(origin(merged, "/passwd/users/0/uid")).isEqualTo("group $.passwd.users.0.uid");
        assertThat(origin(merged, "/passwd/users/0")).isEqualTo("device $.passwd.users.0");
    }

    @Test
    void leavesOutWhatSaysNothing() throws Exception {
        assertThat(merge("\"storage\": {\"files\": []}, \"passwd\": null", "\"systemd\": {}").config())
                .isEqualTo(json("{\"ignition\": {\"version\": \"3.6.0\"}}"));
    }

    @Test
    void keepsAParentsValueWhereTheChildHasNull() throws Exception {
        Merged merged = merge("\"passwd\": {\"users\": [{\"name\": \"a\", \"uid\": 0}]}",
                "\"passwd\": {\"users\": [{\"name\": \"a\", \"uid\": null}]}");
        assertThat(merged.config().at("/passwd/users/0/uid").intValue()).isZero();
    }

    @Test
    void bringsLayersToTheNewestVersionAsIgnitionDoes() throws Exception {
        JsonNode old = json("""
                {"ignition": {"version": "3.4.0"}, "storage": {"files": [{"path": "/a", "mode": 2541}, {"path": "/b", "mode": 2541}]}}""");
        JsonNode young = config("\"storage\": {\"files\": [{\"path\": \"/b\", \"mode\": 1517}]}");
        JsonNode merged = Merge.of(List.of(new Layer("a", old), new Layer("b", young))).config();
        assertThat(merged.at("/ignition/version").textValue()).isEqualTo("3.6.0");
        assertThat(merged.at("/storage/files/0/mode").intValue()).isEqualTo(0755);
        assertThat(merged.at("/storage/files/1/mode").intValue()).isEqualTo(02755);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflict-only-after-merge", "link-above-file-only-after-merge"})
    void findsWhatOnlyTheMergedConfigHas(String name) throws Exception {
        String expected = json(Vectors.text(FOLDER + "expected.json")).at("/cases/" + name + "/messages/0").textValue();
        List<Finding> findings = ConfigValidator.validate(merge(name).config()).findings();
        assertThat(findings).filteredOn(Finding::isError).extracting(Finding::path)
                .containsExactly(expected.substring("error at ".length(), expected.indexOf(':')));
    }
}

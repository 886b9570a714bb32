package dev.slipway.ignition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {

    private static ReadableConfig config(String json) {
        return config(json, json);
    }

    private static ReadableConfig config(String json, String masked) {
        return new ReadableConfig(tree(json), tree(masked));
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ConfigDifference> diff(String before, String after) {
        return ConfigDiff.between(config(before), config(after));
    }

    private static String file(String path, String source) {
        return "{'path': '%s', 'contents': {'source': '%s'}}".formatted(path, source).replace('\'', '"');
    }

    private static String files(String... files) {
        return "{\"storage\": {\"files\": [" + String.join(",", files) + "]}}";
    }

    @Test
    void findsNoDifferenceInWhatSaysTheSame() {
        assertThat(diff("{\"a\": {}, \"b\": null, \"c\": 1, \"d\": []}", "{\"c\": 1}")).isEmpty();
        assertThat(diff(files(file("/a", "data:,x%20y")), files(file("/a", "data:;base64,eCB5")))).isEmpty();
    }

    @Test
    void matchesEntriesByTheirPathAndReadsTheirText() {
        assertThat(diff(files(file("/a", "data:,old%0A"), file("/b", "data:,b")), files(file("/b", "data:,b"), file("/a", "data:,new%0A"))))
                .containsExactly(new ConfigDifference(
                        "storage.files[/a].contents.source", "/storage/files/0/contents/source", Optional.of("old\n"), Optional.of("new\n"), false));
    }

    @Test
    void tellsWhatIsNewAndWhatIsGone() {
        List<ConfigDifference> changes = diff(files(file("/a", "data:,a")), files(file("/b", "data:,b")));
        assertThat(changes).extracting(ConfigDifference::path).containsExactly("storage.files[/a]", "storage.files[/b]");
        assertThat(changes.get(0).after()).isEmpty();
        assertThat(changes.get(1).before()).isEmpty();
        assertThat(changes.get(1).pointer()).isEqualTo("/storage/files");
        assertThat(diff("{\"keys\": [\"a\", \"b\"]}", "{\"keys\": [\"b\", \"c\"]}")).extracting(ConfigDifference::path).containsExactly("keys[a]", "keys[c]");
    }

    @Test
    void tellsOfAnotherOrder() {
        assertThat(diff("{\"keys\": [\"a\", \"b\"]}", "{\"keys\": [\"b\", \"a\"]}")).extracting(ConfigDifference::path).containsExactly("keys");
    }

    @Test
    void unpacksWhatIsCompressed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("new".getBytes(StandardCharsets.UTF_8));
        }
        String after = "{\"contents\": {\"compression\": \"gzip\", \"source\": \"data:;base64," + Base64.getEncoder().encodeToString(packed.toByteArray()) + "\"}}";
        assertThat(diff("{\"contents\": {\"compression\": \"gzip\", \"source\": \"data:,cut-off\"}}", after))
                .extracting(ConfigDifference::after)
                .containsExactly(Optional.of("new"));
    }

    /** A changed secret reads the same on both sides. */
    @Test
    void masksASecretAndSaysThatItHasChanged() {
        ReadableConfig before = config(files(file("/a", "data:,one")), files(file("/a", "data:,********")));
        ReadableConfig after = config(files(file("/a", "data:,two")), files(file("/a", "data:,********")));
        assertThat(ConfigDiff.between(before, after)).containsExactly(new ConfigDifference(
                "storage.files[/a].contents.source", "/storage/files/0/contents/source", Optional.of("********"), Optional.of("********"), true));
        assertThat(ConfigDiff.between(before, before)).isEmpty();
    }

    @Test
    void showsNoSecretByWhichEntriesCouldBeMatched() {
        String before = "{\"merge\": [{\"source\": \"data:,hidden-one\"}, {\"source\": \"data:,b\"}]}";
        String after = "{\"merge\": [{\"source\": \"data:,hidden-two\"}, {\"source\": \"data:,b\"}]}";
        List<ConfigDifference> changes = ConfigDiff.between(
                config(before, before.replace("hidden-one", "********")), config(after, after.replace("hidden-two", "********")));
        assertThat(changes).isNotEmpty();
        assertThat(changes.toString()).doesNotContain("hidden");
        List<ConfigDifference> lists = ConfigDiff.between(
                config("{\"l\": [\"hidden-one\"]}", "{\"l\": \"********\"}"), config("{\"l\": [\"hidden-one\", \"hidden-two\"]}", "{\"l\": \"********\"}"));
        assertThat(lists).isNotEmpty();
        assertThat(lists.toString()).doesNotContain("hidden");
    }

    /** From a profile: what is rendered, and its masked form, have the same places. */
    @Test
    void comparesWhatAProfileRenders() {
        Profile profile = Profiles.withInline("\"{{ param.token }} of {{ param.text }}\"").parse();
        ReadableConfig before = rendered(profile, "token: hidden-one\ntext: a");
        assertThat(ConfigDiff.between(before, rendered(profile, "token: hidden-two\ntext: a"))).singleElement().satisfies(change -> {
            assertThat(change.secret()).isTrue();
            assertThat(change.after()).contains("******** of a");
        });
        assertThat(ConfigDiff.between(before, rendered(profile, "token: hidden-one\ntext: b"))).singleElement()
                .satisfies(change -> assertThat(change.after()).contains("******** of b"));
        assertThat(before.toString() + before.text()).doesNotContain("hidden");
        assertThat(before.textWithSecrets()).contains("hidden-one");
    }

    private static ReadableConfig rendered(Profile profile, String values) {
        return profile.renderReadable(
                new DeviceFacts("g", "s", "m", "f", Map.of()),
                ParameterValues.parse(profile.parameters(), Bytes.owning(values.getBytes(StandardCharsets.UTF_8))));
    }
}

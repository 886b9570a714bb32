package dev.slipway.ignition.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.failure.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode config(String version, String sections) throws Exception {
        return JSON.readTree("{\"ignition\": {\"version\": \"" + version + "\"}" + (sections.isEmpty() ? "" : ", ") + sections + "}");
    }

    private static IgnitionVersion version(String text) {
        return IgnitionVersion.find(text).orElseThrow();
    }

    private static JsonNode convert(String from, String to, String sections) throws Exception {
        Conversion conversion = Conversion.of(config(from, sections), version(to));
        assertThat(conversion).isInstanceOf(Conversion.Done.class);
        return ((Conversion.Done) conversion).config();
    }

    private static List<String> refusal(String from, String to, String sections) throws Exception {
        Conversion conversion = Conversion.of(config(from, sections), version(to));
        assertThat(conversion).isInstanceOf(Conversion.Refused.class);
        return ((Conversion.Refused) conversion).report().findings().stream().filter(Finding::isError).map(Finding::path).toList();
    }

    /** Where a field stands that is under test, with all that belongs around it. */
    private static String around(String place, String fields) {
        String json = fields.replace('\'', '"').replace("HASH", "a".repeat(64));
        return switch (place) {
            case "contents" -> around("file", "'contents': {" + fields + "}");
            case "file" -> "\"storage\": {\"files\": [{\"path\": \"/a\", " + json + "}]}";
            case "directory" -> "\"storage\": {\"directories\": [{\"path\": \"/a\", " + json + "}]}";
            case "filesystem" -> "\"storage\": {\"filesystems\": [{\"device\": \"/d\", " + json + "}]}";
            case "partition" -> "\"storage\": {\"disks\": [{\"device\": \"/d\", \"partitions\": [{\"number\": 1, " + json + "}]}]}";
            case "luks" -> "\"storage\": {\"luks\": [{\"name\": \"a\", \"device\": \"/d\", " + json + "}]}";
            case "passwd" -> "\"passwd\": {" + json + "}";
            case "config" -> json;
            default -> throw new IllegalArgumentException(place);
        };
    }

    /** What each version brought cannot go below it, and can go there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "3.1.0 | $.storage.files.0.contents.httpHeaders | contents | 'source': 'http://h/', 'httpHeaders': [{'name': 'A', 'value': 'b'}]",
        "3.1.0 | $.storage.files.0.contents.verification.hash | contents | 'source': 'http://h/', 'verification': {'hash': 'sha256-HASH'}",
        "3.1.0 | $.storage.filesystems.0.mountOptions | filesystem | 'format': 'xfs', 'mountOptions': ['ro']",
        "3.2.0 | $.storage.luks | luks | 'label': 'a'",
        "3.2.0 | $.storage.disks.0.partitions.0.resize | partition | 'resize': true",
        "3.2.0 | $.passwd.users.0.shouldExist | passwd | 'users': [{'name': 'a', 'shouldExist': false}]",
        "3.2.0 | $.passwd.groups.0.shouldExist | passwd | 'groups': [{'name': 'a', 'shouldExist': false}]",
        "3.2.0 | $.storage.files.0.contents.source | contents | 'source': 'gs://b/k'",
        "3.3.0 | $.kernelArguments | config | 'kernelArguments': {'shouldExist': ['a']}",
        "3.3.0 | $.storage.filesystems.0.format | filesystem | 'format': 'none'",
        "3.4.0 | $.storage.luks.0.discard | luks | 'discard': true",
        "3.4.0 | $.storage.luks.0.openOptions | luks | 'openOptions': ['-x']",
        "3.4.0 | $.storage.luks.0.clevis.tang.0.advertisement | luks | 'clevis': {'tang':"
            + " [{'url': 'http://t', 'thumbprint': 't', 'advertisement': '{}'}]}",
        "3.4.0 | $.storage.files.0.contents.source | contents | 'source': 'arn:aws:s3:::b/k'",
        "3.5.0 | $.storage.luks.0.cex | luks | 'cex': {'enabled': true}",
        "3.6.0 | $.storage.files.0.mode | file | 'mode': 2541",
        "3.6.0 | $.storage.directories.0.mode | directory | 'mode': 1023",
        "3.6.0 | $.storage.luks.0.clevis.custom.pin | luks | 'clevis': {'custom': {'pin': 'trustee', 'config': '{}'}}"})
    void goesDownAsFarAsEverythingIsThere(String since, String path, String place, String fields) throws Exception {
        String sections = around(place, fields);
        IgnitionVersion below = IgnitionVersion.values()[version(since).ordinal() - 1];
        assertThat(refusal("3.6.0", below.text(), sections)).containsExactly(path);
        assertThat(convert("3.6.0", since, sections)).isEqualTo(config(since, sections));
        assertThat(convert(since, "3.6.0", sections)).isEqualTo(config("3.6.0", sections));
    }

    @Test
    void refusesAProxyBelowItsVersion() throws Exception {
        JsonNode config = JSON.readTree("{\"ignition\": {\"version\": \"3.1.0\", \"proxy\": {\"noProxy\": [\"*\"]}}}");
        assertThat(Conversion.of(config, IgnitionVersion.V3_0_0)).isInstanceOfSatisfying(Conversion.Refused.class,
                refused -> assertThat(refused.report().findings()).extracting(Finding::path).containsExactly("$.ignition.proxy"));
    }

    @Test
    void dropsNewerFieldsThatSayNothing() throws Exception {
        String sections = """
                "kernelArguments": {"shouldExist": []}, "storage": {"luks": [], "filesystems": [{"device": "/d", "format": "xfs", "mountOptions": []}]},
                "passwd": {"users": [{"name": "a", "shouldExist": null}]}""";
        // an object with an empty list in it still says nothing, but only what is empty itself is dropped
        assertThat(refusal("3.6.0", "3.0.0", sections)).containsExactly("$.kernelArguments");
        assertThat(convert("3.6.0", "3.0.0", sections.replace("{\"shouldExist\": []}", "{}"))).isEqualTo(config("3.0.0",
                "\"storage\": {\"filesystems\": [{\"device\": \"/d\", \"format\": \"xfs\"}]}, \"passwd\": {\"users\": [{\"name\": \"a\"}]}"));
    }

    @Test
    void takesSpecialBitsAwayWhereTheyHadNoEffect() throws Exception {
        String mode = "\"storage\": {\"files\": [{\"path\": \"/a\", \"mode\": %d}]}";
        assertThat(convert("3.5.0", "3.6.0", mode.formatted(2541)).at("/storage/files/0/mode").intValue()).isEqualTo(493);
        assertThat(convert("3.4.0", "3.5.0", mode.formatted(2541)).at("/storage/files/0/mode").intValue()).isEqualTo(2541);
        assertThat(convert("3.6.0", "3.5.0", mode.formatted(493)).at("/storage/files/0/mode").intValue()).isEqualTo(493);
    }

    @Test
    void refusesUpwardsWhatOlderVersionsPutUpWith() throws Exception {
        assertThat(refusal("3.2.0", "3.3.0", "\"storage\": {\"links\": [{\"path\": \"/a\", \"target\": \"\"}]}"))
                .containsExactly("$.storage.links.0.target");
        JsonNode merge = JSON.readTree("{\"ignition\": {\"version\": \"3.0.0\", \"config\": {\"merge\": [{\"source\": null}]}}}");
        assertThat(Conversion.of(merge, IgnitionVersion.V3_1_0)).isInstanceOf(Conversion.Refused.class);
    }

    @Test
    void leavesTheConfigItself() throws Exception {
        JsonNode config = config("3.4.0", "\"storage\": {\"files\": [{\"path\": \"/a\", \"mode\": 2541}]}");
        JsonNode before = config.deepCopy();
        Conversion.of(config, IgnitionVersion.V3_6_0);
        assertThat(config).isEqualTo(before);
    }

    /** Only these vectors change their verdict on the way up. */
    @ParameterizedTest
    @EnumSource(IgnitionVersion.class)
    void takesEveryValidVectorUpwards(IgnitionVersion wanted) throws Exception {
        Set<String> refused = new TreeSet<>();
        for (Path file : validVectors()) {
            JsonNode config = JSON.readTree(file.toFile());
            boolean isUpwards = ConfigValidator.versionOf(config).filter(version -> version.compareTo(wanted) <= 0).isPresent();
            if (isUpwards && ConfigValidator.check(config).isValid() && Conversion.of(config, wanted) instanceof Conversion.Refused) {
                refused.add(file.getFileName().toString());
            }
        }
        Set<String> expected = new TreeSet<>();
        if (!wanted.isBefore(IgnitionVersion.V3_1_0)) {
            expected.add("config-merge-without-source-3.0.0.ign");
        }
        if (!wanted.isBefore(IgnitionVersion.V3_3_0)) {
            expected.add("link-target-empty-3.2.0.ign");
        }
        assertThat(refused).isEqualTo(expected);
    }

    private static List<Path> validVectors() throws IOException {
        try (Stream<Path> files = Files.list(Vectors.file("ignition/valid"))) {
            return files.toList();
        }
    }
}

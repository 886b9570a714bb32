package dev.slipway.ignition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
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
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValidatorTest {

    /** Accepted by Ignition with a warning, if at all; refused here, because the device would not do what is written. */
    private static final Set<String> STRICTER_ON_PURPOSE = Set.of(
            "key-case-insensitive-warns", "passwd-user-without-name", "unused-key-nested-warns", "unused-key-newer-field-warns",
            "unused-key-warns");

    /** Refused by Ignition for rules that come with the Ignition issue: paths, units, duplicates, ranges, schemes and hashes. */
    private static final Set<String> LATER = Set.of(
            "ca-duplicate-source", "ca-without-source", "compression-unknown", "config-merge-duplicate-source",
            "config-merge-without-source", "config-replace-bad-scheme", "directory-below-link", "disk-relative-device",
            "file-and-directory-same-path", "file-and-link-same-path", "file-below-link", "file-duplicate-path", "file-group-id-and-name",
            "file-mode-negative", "file-overwrite-without-source", "file-path-double-slash", "file-path-relative", "filesystem-bad-format",
            "filesystem-duplicate-device", "filesystem-label-too-long-xfs", "filesystem-none-before-3.3.0", "filesystem-relative-path",
            "hash-sha256-in-3.0.0", "hash-unknown-function", "header-duplicate-name", "header-empty-name", "header-on-data-url",
            "header-without-source", "kargs-duplicate", "kargs-same-in-both-lists", "link-below-link", "link-hard-to-directory",
            "link-without-target", "luks-custom-with-tpm2", "luks-duplicate-open-option-3.4.0", "luks-label-too-long",
            "luks-name-with-slash", "luks-tang-bad-url", "partition-delete-with-label", "partition-label-colon", "partition-same-label",
            "passwd-duplicate-group", "passwd-duplicate-ssh-key", "passwd-duplicate-user", "proxy-bad-scheme", "proxy-duplicate-no-proxy",
            "raid-bad-level", "raid-duplicate-device", "raid-no-devices", "raid-no-level", "raid-spares-on-raid0",
            "source-arn-before-3.4.0", "source-arn-not-s3-3.4.0", "source-bad-url", "source-plain-text", "source-s3-empty-version-3.4.0",
            "unit-and-file-same-path", "unit-bad-extension", "unit-dropin-bad-contents", "unit-dropin-bad-extension",
            "unit-dropin-duplicate", "unit-duplicate", "unit-line-without-equals");

    private static List<Finding> findings(String config) {
        return ConfigValidator.findings("config", Profiles.bytes(config));
    }

    private static Set<String> vectors(String folder, boolean accepted) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(Vectors.file("ignition/" + folder))) {
            for (Path file : files.toList()) {
                if (ConfigValidator.findings("config", Bytes.owning(Files.readAllBytes(file))).isEmpty() == accepted) {
                    names.add(file.getFileName().toString().replace(".ign", ""));
                }
            }
        }
        return names;
    }

    @Test
    void acceptsWhatIgnitionAcceptsExceptWhatIsListed() throws IOException {
        assertThat(vectors("valid", false)).containsExactlyInAnyOrderElementsOf(STRICTER_ON_PURPOSE);
        assertThat(vectors("valid", true)).hasSizeGreaterThan(50);
    }

    @Test
    void refusesWhatIgnitionRefusesExceptWhatIsListedForLater() throws IOException {
        assertThat(vectors("invalid", true)).containsExactlyInAnyOrderElementsOf(LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0.0", "3.1.0", "3.2.0", "3.3.0", "3.4.0", "3.5.0", "3.6.0"})
    void acceptsEachStableVersion(String version) {
        assertThat(findings("{\"ignition\":{\"version\":\"" + version + "\"}}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.0", "3.7.0", "3.7.0-experimental", "3.6", "3.6.1", "v3.6.0", "3.6.0 ", "03.6.0", "", "4.0.0"})
    void refusesEveryOtherVersion(String version) {
        assertThat(findings("{\"ignition\":{\"version\":\"" + version + "\"}}")).extracting(Finding::id).containsExactly("ignition.version");
    }

    @Test
    void refusesFieldsOfALaterVersion() {
        String config = "{\"ignition\":{\"version\":\"%s\"},\"kernelArguments\":{\"shouldExist\":[\"a\"]}}";
        assertThat(findings(config.formatted("3.2.0"))).extracting(Finding::path).containsExactly("config#/kernelArguments");
        assertThat(findings(config.formatted("3.3.0"))).isEmpty();
    }

    @Test
    void pointsAtKeysWithSlashesAndTildes() {
        assertThat(findings("{\"ignition\":{\"version\":\"3.4.0\"},\"a/b~c\":1}")).extracting(Finding::path).containsExactly("config#/a~1b~0c");
    }

    @Test
    void saysHowAKeyInOtherLetterCaseIsWritten() {
        assertThat(findings("{\"ignition\":{\"version\":\"3.4.0\"},\"Storage\":{}}").getFirst().message()).contains("write 'storage'");
    }

    @Test
    void refusesIntegersOutsideTheirRange() {
        String config = "{\"ignition\":{\"version\":\"3.4.0\"},\"passwd\":{\"users\":[{\"name\":\"a\",\"uid\":%s}]}}";
        assertThat(findings(config.formatted("9223372036854775807"))).isEmpty();
        assertThat(findings(config.formatted("9223372036854775808"))).hasSize(1);
        assertThat(findings(config.formatted("1.0"))).hasSize(1);
    }
}

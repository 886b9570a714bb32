package dev.slipway.ignition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceState;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several profiles for one device. */
class MergedProfilesTest {

    private static final Guid GUID = Guid.parse("7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60");
    private static final Device DEVICE = new Device(
            new UUID(0, 1), "SN-1", "gateway", "", Map.of(), DeviceState.ANNOUNCED, List.of(GUID), Instant.EPOCH, Optional.empty());
    private static final String DECLARATIONS = """
            - {name: site, type: string, default: nowhere, description: A site.}
            - {name: port, type: integer, default: 80, description: A port.}
            - {name: token, type: string, secret: true, required: true, description: A secret.}
            """;

    private static AvailableProfile profile(String name, String version, String files, String... documents) {
        Map<String, Bytes> all = new HashMap<>();
        all.put(ProfileSource.PARAMETERS, Profiles.bytes(DECLARATIONS));
        all.put(ProfileSource.CONFIG, Profiles.bytes(
                "{\"ignition\": {\"version\": \"" + version + "\"}, \"storage\": {\"files\": [" + files + "]}}"));
        for (int i = 0; i < documents.length; i += 2) {
            all.put(documents[i], Profiles.bytes(documents[i + 1]));
        }
        return new AvailableProfile(Profile.parse(new ProfileSource(name, all, Set.of("files/motd"))), source -> null);
    }

    private static String file(String path, int mode, String inline) {
        return "{\"path\": \"" + path + "\", \"mode\": " + mode + ", \"contents\": {\"inline\": \"" + inline + "\"}}";
    }

    private static DeviceConfig config(AvailableProfile... lowestFirst) {
        return DeviceConfig.of(
                Arrays.asList(lowestFirst), Map.of("token", new ParameterValue.Text("s3cret"), "port", new ParameterValue.Text("8080")), Set.of(),
                Map.of(),
                Profiles.NO_TPM);
    }

    private static String rendered(AvailableProfile... lowestFirst) {
        return new String(config(lowestFirst).render(DEVICE, GUID, Optional.empty()).octets().toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void mergesThemByIgnitionsRulesInTheHighestVersion() {
        AvailableProfile base = profile("base", "3.2.0", file("/etc/a", 420, "base {{ param.site }}") + "," + file("/etc/b", 420, "b"));
        AvailableProfile top = profile("top", "3.4.0", file("/etc/a", 420, "top {{ param.port }}") + "," + file("/etc/c", 384, "{{ param.token }}"));
        assertThat(rendered(base, top)).isEqualTo("{\"ignition\":{\"version\":\"3.4.0\"},\"storage\":{\"files\":["
                + "{\"path\":\"/etc/a\",\"mode\":420,\"contents\":{\"source\":\"data:,top%208080\"}},"
                + "{\"path\":\"/etc/b\",\"mode\":420,\"contents\":{\"source\":\"data:,b\"}},"
                + "{\"path\":\"/etc/c\",\"mode\":384,\"contents\":{\"source\":\"data:,s3cret\"}}]}}");
        assertThat(rendered(top, base)).contains("data:,base%20nowhere", "\"3.4.0\"").doesNotContain("top%20");
        assertThat(config(base, top).render(DEVICE, GUID, Optional.empty()).version()).isEqualTo(IgnitionVersion.V3_4_0);
        assertThat(config(base, top).revisions()).extracting(ProfileRevision::profile).containsExactly("base", "top");
    }

    @Test
    void takesThePlanOfTheUppermostThatHasOneAndTheStrictestProof() {
        AvailableProfile low = profile("low", "3.4.0", "", "plan.yaml", "- download: {source: config, name: /low}", "profile.yaml", "proof: none");
        AvailableProfile middle =
                profile("middle", "3.4.0", "", "plan.yaml", "- download: {source: files/motd, name: /middle}", "profile.yaml", "proof: attested");
        AvailableProfile high = profile("high", "3.4.0", "", "profile.yaml", "proof: possession");
        assertThat(config(low, middle, high).plan()).containsExactly(new PlanStep.Download("files/motd", "/middle"));
        assertThat(config(low, high).plan()).containsExactly(new PlanStep.Download("config", "/low"));
        assertThat(config(high).plan()).containsExactly(new PlanStep.Download("config", "/etc/slipway/config.ign"));
        assertThat(config(middle, high).files()).isSameAs(middle.files());
        config(low).requireProof(ProofLevel.NONE);
        assertThatThrownBy(() -> config(low, high).requireProof(ProofLevel.NONE))
                .isInstanceOf(Failure.Forbidden.class)
                .hasMessageContaining("the profile high takes devices that have proved 'possession'");
        assertThatThrownBy(() -> config(low, middle, high).requireProof(ProofLevel.OWNERSHIP)).isInstanceOf(Failure.Forbidden.class);
    }

    /** What is for root only in one profile, no other opens to everybody. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"path\": \"/etc/secret\", \"mode\": 420}",
        "{\"path\": \"/etc/secret\", \"mode\": 388}",
        "{\"path\": \"/etc/secret\", \"mode\": 420, \"append\": [{\"inline\": \"x\"}]}",
    })
    void keepsAFilePrivateThatOneProfileKeepsPrivate(String opening) {
        AvailableProfile base = profile("base", "3.4.0", file("/etc/other", 420, "x") + "," + file("/etc/secret", 384, "{{ param.token }}"));
        AvailableProfile top = profile("top", "3.4.0", opening);
        List<Finding> findings = Profiles.refusal(() -> rendered(base, top));
        assertThat(findings).extracting(Finding::id).containsExactly("profile.opened-file");
        assertThat(findings.getFirst().path()).isEqualTo("merged config#/storage/files/1");
        assertThat(findings.toString()).doesNotContain("s3cret");
    }

    @Test
    void letsAProfileFillAFileAnewThatOthersMayRead() {
        AvailableProfile base = profile("base", "3.4.0", file("/etc/secret", 384, "{{ param.token }}"));
        assertThat(rendered(base, profile("top", "3.4.0", file("/etc/secret", 420, "open")))).contains("data:,open").doesNotContain("s3cret");
        assertThat(rendered(base, profile("top", "3.4.0", "{\"path\": \"/etc/secret\", \"mode\": 416}"))).contains("data:,s3cret");
    }

    @Test
    void appendsNoSecretToAFileThatOthersMayRead() {
        AvailableProfile base = profile("base", "3.4.0",
                "{\"path\": \"/etc/secret\", \"mode\": 384, \"append\": [{\"inline\": \"{{ param.token }}\"}]}");
        AvailableProfile top = profile("top", "3.4.0", file("/etc/secret", 420, "open"));
        assertThat(Profiles.refusal(() -> rendered(base, top))).extracting(Finding::id).containsExactly("profile.opened-file");
    }

    /** Valid each by itself, and not together. */
    @Test
    void validatesTheResultAgain() {
        AvailableProfile base = profile("base", "3.4.0", file("/etc/a/b", 420, "x"));
        AvailableProfile top = new AvailableProfile(
                Profile.parse(new ProfileSource(
                        "top",
                        Map.of(
                                ProfileSource.PARAMETERS, Profiles.bytes("[]"),
                                ProfileSource.CONFIG, Profiles.bytes("{\"ignition\": {\"version\": \"3.4.0\"}, \"storage\": {\"links\":"
                                        + " [{\"path\": \"/etc/a\", \"target\": \"/etc/c\"}]}}")),
                        Set.of())),
                source -> null);
        assertThat(Profiles.refusal(() -> rendered(base, top))).extracting(Finding::path).first().asString().startsWith("merged config#/storage/");
    }

    @Test
    void saysOfEachProfileWhichValuesItLacks() {
        List<Finding> findings = Profiles.refusal(() -> DeviceConfig.of(
                List.of(profile("base", "3.4.0", ""), profile("top", "3.4.0", "")),
                Map.of("port", new ParameterValue.Text("eighty"), "other", new ParameterValue.Text("is for nobody")),
                Set.of(),
                Map.of(),
                Profiles.NO_TPM));
        assertThat(findings).extracting(Finding::id, Finding::path).containsExactly(
                tuple("parameter.type", "port"), tuple("parameter.missing", "token"),
                tuple("parameter.type", "port"), tuple("parameter.missing", "token"));
        assertThat(findings.get(1).message()).contains("the profile base requires this parameter");
        assertThat(findings.toString()).doesNotContain("eighty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"STRING|x|x", "STRING||''", "INTEGER|-7|-7", "INTEGER|+7|", "INTEGER|7.0|", "INTEGER|1234567890123456789|",
            "BOOLEAN|true|true", "BOOLEAN|yes|", "STRINGS|a|[a]"})
    void readsATextAsWhatAProfileWants(ParameterType type, String text, String value) {
        assertThat(type.of(new ParameterValue.Text(text == null ? "" : text)).map(read -> read.forExpression().toString()))
                .isEqualTo(Optional.ofNullable(value));
    }

    @Test
    void readsLinesAsAList() {
        assertThat(ParameterType.STRINGS.of(new ParameterValue.Text("ssh-ed25519 A, b\n\nssh-ed25519 B\n")))
                .contains(new ParameterValue.Texts(List.of("ssh-ed25519 A, b", "ssh-ed25519 B")));
        assertThat(ParameterType.STRINGS.of(new ParameterValue.Text(""))).contains(new ParameterValue.Texts(List.of()));
        assertThat(ParameterType.STRING.of(new ParameterValue.Texts(List.of("a")))).isEmpty();
    }
}

package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.attestation.BootPhase;
import dev.slipway.attestation.reference.EventRule;
import dev.slipway.attestation.reference.PhaseRule;
import dev.slipway.attestation.reference.ReferencePolicy;
import dev.slipway.attestation.reference.SecureBootRule;
import dev.slipway.attestation.reference.SignedPcrRule;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

    private static final String HEX = "5a".repeat(32);
    private static final String HEAD = "name: edge\npcrs: sha256:4,7,11\n";
    private static final String IMAGE = "images: [{version: 1, pcrs: {4: " + HEX + ", 7: " + HEX + ", 11: " + HEX + "}}]\n";

    private static Pcr sha256(int index) {
        return new Pcr(TpmHash.TPM_ALG_SHA256, index);
    }

    private static List<Finding> wrong(String yaml) {
        return catchThrowableOfType(ConfigInvalid.class, () -> Policies.read(yaml)).findings();
    }

    @Test
    void readsEverySection() {
        PolicyDocument document = PolicyReader.read("gateway.yaml", Policies.bytes("gateway.yaml"));
        assertThat(document.warnings()).isEmpty();
        assertThat(document.comment()).contains("Gateways with a UKI");
        ReferencePolicy policy = document.policy();
        assertThat(policy.name()).isEqualTo("gateway");
        assertThat(policy.pcrs()).hasToString("sha256:0,2,4,7,9,11");
        assertThat(policy.platforms()).singleElement().satisfies(platform -> {
            assertThat(platform.name()).isEqualTo("platform ExampleOEM-1.0");
            assertThat(platform.values()).containsOnlyKeys(sha256(0), sha256(2), sha256(7));
            assertThat(platform.values().get(sha256(7))).hasSize(2).contains(Bytes.fromHex("00".repeat(31) + "01"));
        });
        assertThat(policy.images()).extracting(image -> image.name()).containsExactly("image 40", "image 41");
        assertThat(policy.images().get(1).values().get(sha256(4)))
                .as("what the events lead to")
                .isEqualTo(Set.of(Bytes.fromHex("ac254453173252320ddf3e775e08fb05eee93fc7a686bb4201fdd09f3fa7fbe7")));
        assertThat(policy.images().get(1).events().get(sha256(4))).hasSize(3);
        assertThat(policy.rules()).containsExactly(
                new EventRule(sha256(4), Map.of(
                        Bytes.fromHex("3e5e53057d22ec61062e3c0efcc16dae794af40b811378ad298fed54247dfc21"), "UKI of image 41")),
                new SecureBootRule(TpmHash.TPM_ALG_SHA256, true),
                new PhaseRule(TpmHash.TPM_ALG_SHA256, List.of(BootPhase.ENTER_INITRD)));
    }

    @Test
    void readsKeysAndPaths() {
        String key = Policies.text("edge-key.pem").indent(4);
        ReferencePolicy policy = Policies.read(HEAD + "secure-boot: off\nphase: enter-initrd:leave-initrd\npcrsig:\n- |\n" + key).policy();
        assertThat(policy.rules().get(0)).isEqualTo(new SecureBootRule(TpmHash.TPM_ALG_SHA256, false));
        assertThat(policy.rules().get(1))
                .isEqualTo(new PhaseRule(TpmHash.TPM_ALG_SHA256, List.of(BootPhase.ENTER_INITRD, BootPhase.LEAVE_INITRD)));
        assertThat(policy.rules().get(2)).isInstanceOfSatisfying(SignedPcrRule.class, rule -> assertThat(rule.keys()).hasSize(1));
        assertThat(Policies.read(HEAD + IMAGE + "phase: none").policy().rules()).containsExactly(new PhaseRule(TpmHash.TPM_ALG_SHA256, List.of()));
    }

    /** JSON is YAML, and SHA-384 has digests of its own length. */
    @Test
    void readsJsonAndOtherBanks() {
        ReferencePolicy policy = Policies.read(
                "{\"name\": \"x\", \"pcrs\": \"sha384:11\", \"images\": [{\"version\": \"1\", \"pcrs\": {\"11\": \"" + "5A".repeat(48) + "\"}}]}").policy();
        assertThat(policy.images().getFirst().values())
                .isEqualTo(Map.of(new Pcr(TpmHash.TPM_ALG_SHA384, 11), Set.of(Bytes.fromHex("5a".repeat(48)))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "phases: none | yaml.unknown-key | 3:9",
        "images: [] | policy.images | 3:9",
        "images: {} | yaml.type | 3:9",
        "images: [{version: 1}] | policy.no-values | 3:10",
        "images: [{version: 1, pcrs: {}}] | policy.no-values | 3:10",
        "images: [{pcrs: {4: x}}] | policy.image | 3:10",
        "images: [{version: 1, pcrs: {4: 5a5a}}] | policy.digest | 3:33",
        "images: [{version: 1, pcrs: {4: []}}] | policy.values | 3:33",
        "images: [{version: 1, pcrs: {4: {events: []}}}] | policy.values | 3:33",
        "images: [{version: 1, pcrs: {4: {event: []}}}] | yaml.unknown-key | 3:41",
        "images: [{version: 1, pcrs: {5: 5a}}] | policy.unselected-pcr | 3:33",
        "images: [{version: 1, pcrs: {04: 5a}}] | policy.unselected-pcr | 3:34",
        "platforms: [{version: 1}] | yaml.unknown-key | 3:23",
        "events: {4: []} | policy.events | 3:13",
        "events: {4: [{what: x}]} | policy.event | 3:14",
        "events: {4: [{digest: 5a}]} | policy.event | 3:14",
        "events: {9: []} | policy.unselected-pcr | 3:13",
        "secure-boot: true | policy.secure-boot | 3:14",
        "phase: initrd | policy.phase | 3:8",
        "phase: enter-initrd: | yaml.syntax | 3:20",
        "phase: [none] | yaml.type | 3:8",
        "pcrsig: [] | policy.keys | 3:9",
        "pcrsig: [key] | policy.key | 3:10",
        "name: other | yaml.duplicate-key | 3:1",
        "comment: {} | yaml.type | 3:10",
    })
    void saysWhatIsWrongAndWhere(String line, String id, String at) {
        assertThat(wrong(HEAD + line + "\n")).extracting(Finding::id, Finding::path).contains(tuple(id, "p.yaml:" + at));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sha1:4 | policy.bank", "sha256:4+sha384:4 | policy.bank", "sha256:16 | policy.pcrs", "sha256:23 | policy.pcrs", "sha256:24 | policy.pcrs",
        "4,7 | policy.pcrs", "sha256:7,4 | policy.pcrs", "sha256: | yaml.syntax"
    })
    void takesOnlyRegistersThatProveSomething(String pcrs, String id) {
        assertThat(wrong("name: x\npcrs: " + pcrs + "\nimages: [{version: 1, pcrs: {4: " + HEX + "}}]")).extracting(Finding::id).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "[]", "name: x", "pcrs: sha256:4", "name: ../x\npcrs: sha256:4", "name: x\npcrs: sha256:4", "a: b: c", "\u0000"})
    void takesNoPolicyThatWantsNothing(String yaml) {
        assertThat(wrong(yaml)).isNotEmpty();
    }

    @Test
    void takesNeitherTheSameImageNorTheSameEventTwice() {
        assertThat(wrong(HEAD + "images: [{version: 1, pcrs: {4: " + HEX + "}}, {version: 1, pcrs: {4: " + HEX + "}}]"))
                .singleElement().satisfies(finding -> assertThat(finding.message()).startsWith("there is a image '1' above already"));
        assertThat(wrong(HEAD + "events: {4: [{digest: " + HEX + ", what: a}, {digest: " + HEX + ", what: b}]}"))
                .singleElement().satisfies(finding -> assertThat(finding.id()).isEqualTo("policy.duplicate"));
    }

    @Test
    void takesNoWeakKeyAndNoPrivateOne() {
        String weak = """
                -----BEGIN PUBLIC KEY-----
                MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDX2JXkkg5tFO/j5+n40UY20FHW
                NA6bN7/NY20IGAwlkrjYXK7XYvLJDwyRrl4E4L9G3aNbXhZkA5rgyi/8A5HxA02q
                Bb3faPzQcEF9l72fCXXcCsu0wzNtkxJwhiaeQSFSWu6iW9jsoyc7HODXSKdgB3sA
                YOZEFghsZaWfeN+3mQIDAQAB
                -----END PUBLIC KEY-----
                """;
        for (String pem : List.of(weak, weak.replace("PUBLIC", "PRIVATE"), "x")) {
            assertThat(wrong(HEAD + "pcrsig:\n- |\n" + pem.indent(4))).extracting(Finding::id).containsExactly("policy.key");
        }
    }

    @Test
    void warnsOfWhatLooksLikeAMistake() {
        assertThat(Policies.read("name: x\npcrs: sha256:1,4,7,12\nsecure-boot: on\nimages: [{version: 1, pcrs: {1: " + HEX + "}}]").warnings())
                .extracting(Finding::toString)
                .containsExactly(
                        "warning policy.per-machine at p.yaml:2:7: PCR 1 differs from machine to machine; others would be refused",
                        "warning policy.idle-pcr at p.yaml:2:7: PCR 4 is quoted, and the policy does not say what it should hold");
        assertThat(Policies.read("name: x\npcrs: sha256:7\nsecure-boot: on").warnings()).extracting(Finding::id).containsExactly("policy.any-image");
        assertThat(Policies.read(HEAD + IMAGE).warnings()).isEmpty();
    }

    /** Cut, with each bit flipped, and with other octets put in: a policy or findings, and nothing else. */
    @Test
    void readsOrRefusesWhateverIsMadeOfAPolicy() {
        byte[] sound = (HEAD + IMAGE + "events: {4: [{digest: " + HEX + ", what: x}]}\nsecure-boot: on\nphase: none\nplatforms: [{name: a, pcrs: {7: ["
                + HEX + "]}}]\n").getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= sound.length; length++) {
            readOrRefuse(Bytes.owning(sound).slice(0, length).toArray());
        }
        for (int bit = 0; bit < 8 * sound.length; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            readOrRefuse(flipped);
        }
        for (String other : List.of("&a ", "*a", "!!x ", "[", "{", "- ", "\t", "\n", "'", "? ", "<<: ", "%", "|", "\u0085", "~")) {
            for (int at = 0; at <= sound.length; at++) {
                byte[] octets = other.getBytes(StandardCharsets.UTF_8);
                readOrRefuse(Bytes.concat(
                        Bytes.owning(sound).slice(0, at), Bytes.owning(octets), Bytes.owning(sound).slice(at, sound.length)).toArray());
            }
        }
    }

    private static void readOrRefuse(byte[] octets) {
        try {
            assertThat(PolicyReader.read("p.yaml", Bytes.of(octets)).policy()).isNotNull();
        } catch (ConfigInvalid expected) {
            assertThat(expected.findings()).isNotEmpty();
        } catch (RuntimeException e) {
            fail(new String(octets, StandardCharsets.UTF_8), e);
        }
    }

    @Test
    void hasLimits() {
        assertThatThrownBy(() -> Policies.read(HEAD + "comment: " + "x".repeat(1001) + "\n" + IMAGE)).hasMessageContaining("1000 characters");
        String many = ("- {version: %s, pcrs: {4: " + HEX + "}}\n");
        StringBuilder images = new StringBuilder(HEAD + "images:\n");
        for (int i = 0; i <= 1000; i++) {
            images.append(many.formatted(i));
        }
        assertThatThrownBy(() -> Policies.read(images.toString())).hasMessageContaining("1 to 1000 images");
        assertThatThrownBy(() -> Policies.read(HEAD + "images: [{version: 1, pcrs: {4: [" + (HEX + ",").repeat(101) + "]}}]"))
                .hasMessageContaining("1 to 100 values");
    }
}

package dev.slipway.ignition;

import static dev.slipway.ignition.Profiles.aProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.device.DeviceState;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.serviceinfo.Devmod;
import dev.slipway.fdo.type.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a profile wants to be proved, and that less gives nothing. */
class LowestProofTest {

    private static final Guid GUID = Guid.parse("7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60");

    @ParameterizedTest
    @CsvSource({"none,NONE", "possession,POSSESSION", "ownership,OWNERSHIP", "attested,ATTESTED", "'\"none\"',NONE"})
    void isReadFromTheProfile(String word, ProofLevel level) {
        assertThat(aProfile().document("profile.yaml", "proof: " + word).parse().lowestProof()).isEqualTo(level);
    }

    @Test
    void isOwnershipUnlessTheProfileSaysOtherwise() {
        assertThat(aProfile().parse().lowestProof()).isEqualTo(ProofLevel.OWNERSHIP);
        assertThat(aProfile().document("profile.yaml", "").parse().lowestProof()).isEqualTo(ProofLevel.OWNERSHIP);
        assertThat(aProfile().document("profile.yaml", "# nothing\n{}").parse().lowestProof()).isEqualTo(ProofLevel.OWNERSHIP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "proof: nothing | profile.proof | 1:8",
        "proof: None | profile.proof | 1:8",
        "proof: | profile.proof | 1:7",
        "proof: [none] | profile.proof | 1:8",
        "prof: none | yaml.unknown-key | 1:7",
        "- none | yaml.type | 1:1",
    })
    void isRefusedWhereItIsNotOne(String yaml, String id, String at) {
        assertThat(aProfile().document("profile.yaml", yaml).lint())
                .extracting(Finding::id, Finding::path)
                .contains(tuple(id, "profile.yaml:" + at));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"tpm: require | true", "tpm: none | false", "proof: none | false", "{proof: attested, tpm: require} | true"})
    void maySayThatTheKeyHasToBeInATpm(String yaml, boolean required) {
        Profile profile = aProfile().document("profile.yaml", yaml).parse();
        assertThat(profile.requiresTpm()).isEqualTo(required);
        assertThat(profile.warnings()).isEmpty();
        assertThat(ProfileFacets.of(profile, new ProfileManifest(List.of())).text().contains("\"tpm\"")).isEqualTo(required);
        assertThat(aProfile().parse().requiresTpm()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"tpm: prefer | 1:6", "tpm: Require | 1:6", "tpm: true | 1:6", "tpm: | 1:5", "tpm: [require] | 1:6"})
    void refusesWhateverElseIsSaidOfTpms(String yaml, String at) {
        assertThat(aProfile().document("profile.yaml", yaml).lint())
                .extracting(Finding::id, Finding::path)
                .contains(tuple("profile.tpm", "profile.yaml:" + at));
    }

    @Test
    void mayNameThePolicyThatAMachineIsHeldTo() {
        assertThat(aProfile().parse().policy()).isEmpty();
        Profile attested = aProfile().document("profile.yaml", "proof: attested\npolicy: gateway").parse();
        assertThat(attested.policy()).contains("gateway");
        assertThat(attested.warnings()).isEmpty();
        assertThat(aProfile().document("profile.yaml", "policy: gateway").parse().warnings()).extracting(Finding::toString).containsExactly(
                "warning profile.policy at profile.yaml:1:9: a device that proves 'ownership' another way is not held to the policy;"
                        + " write 'proof: attested' as well");
        for (String wrong : List.of("../x", "[]", "", "'a b'")) {
            assertThat(aProfile().document("profile.yaml", "proof: attested\npolicy: " + wrong).lint()).extracting(Finding::id).contains("profile.policy");
        }
    }

    /** One on top of the other: a device is held to what each of its profiles names. */
    @Test
    void holdsADeviceToThePolicyOfEachProfile() {
        List<AvailableProfile> profiles = Stream.of("a", "b", "a")
                .map(policy -> aProfile().document("profile.yaml", "proof: attested\npolicy: " + policy).parse())
                .map(profile -> new AvailableProfile(profile, source -> null))
                .toList();
        assertThat(DeviceConfig.of(profiles, Map.of("token", new ParameterValue.Text("secret")), Set.of(), Map.of(), Profiles.NO_TPM).policies()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,NONE,true", "NONE,POSSESSION,false", "POSSESSION,NONE,true", "POSSESSION,OWNERSHIP,false", "OWNERSHIP,OWNERSHIP,true",
        "OWNERSHIP,ATTESTED,false", "ATTESTED,OWNERSHIP,true", "NONE,ATTESTED,false"
    })
    void sufficesFromItselfUp(ProofLevel proved, ProofLevel lowest, boolean suffices) {
        assertThat(proved.suffices(lowest)).isEqualTo(suffices);
    }

    private static OnboardingPlans plans(String proof) {
        Profile profile = aProfile()
                .document("profile.yaml", "proof: " + proof)
                .document("plan.yaml", "- download: {source: files/motd, name: /etc/motd}")
                .parse();
        DeviceConfig config = DeviceConfig.of(
                List.of(new AvailableProfile(profile, source -> null)), Map.of("token", new ParameterValue.Text("secret")), Set.of(), Map.of(),
                Profiles.NO_TPM);
        return new OnboardingPlans(device -> config, new OneDevice(), (device, guid, serial, given) -> null);
    }

    @Test
    void keepsEveryStepOfAPlanFromADeviceThatHasProvedLess() {
        assertThatThrownBy(() -> plans("attested").planFor(GUID, Devmod.NOTHING_YET))
                .isInstanceOf(Failure.Forbidden.class)
                .hasMessageContaining("takes devices that have proved 'attested', and this proves 'ownership'")
                .hasMessageContaining("profile.yaml");
        assertThat(plans("ownership").planFor(GUID, Devmod.NOTHING_YET).steps()).hasSize(1);
        assertThat(plans("none").planFor(GUID, Devmod.NOTHING_YET).steps()).hasSize(1);
    }

    /** As {@code sha256sum} gives it for the lines "file - 2 44136f… config.ign.json" and "file - 2 4f53cd… parameters.yaml". */
    @Test
    void makesAnotherRevision() {
        Map<String, Bytes> documents = Map.of("config.ign.json", Profiles.bytes("{}"), "parameters.yaml", Profiles.bytes("[]"));
        ProfileRevision revision = new ProfileSource("kiosk", documents, Set.of("files/a")).revision();
        assertThat(revision.profile()).isEqualTo("kiosk");
        assertThat(revision.sha256().toHex()).isEqualTo("2d0dfc42089f86eff7b305ba1da3682476eb2ce9a2755add933e2932a74806a9");
        assertThat(revision.shortHash()).isEqualTo("2d0dfc42089f");
        assertThat(aProfile().document("profile.yaml", "proof: none").parse().revision())
                .isNotEqualTo(aProfile().parse().revision())
                .isNotEqualTo(aProfile().document("profile.yaml", "proof: ownership").parse().revision())
                .isEqualTo(aProfile().document("profile.yaml", "proof: none").parse().revision());
    }

    private static final class OneDevice implements DeviceRepository {

        @Override
        public Optional<Device> find(Guid guid) {
            return Optional.of(new Device(
                    new UUID(0, 1), "SN-1", "gateway", "", Map.of(), DeviceState.ANNOUNCED, List.of(guid), Instant.EPOCH, Optional.empty()));
        }

        @Override
        public Optional<Device> find(UUID id) {
            return Optional.empty();
        }

        @Override
        public List<Device> list(Optional<UUID> after, int limit) {
            return List.of();
        }
    }
}

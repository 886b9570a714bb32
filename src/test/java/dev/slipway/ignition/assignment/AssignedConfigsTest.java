package dev.slipway.ignition.assignment;

import static dev.slipway.ignition.assignment.Fixture.aDevice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceKeys;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.AssignedFirst;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.ProfileSource;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import dev.slipway.ignition.assignment.Resolution.Installation;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From what is said of a device to what it gets. */
class AssignedConfigsTest {

    private final MemoryStores stores = new MemoryStores();
    private final Map<String, AvailableProfile> profiles = new HashMap<>();
    private final Device device = aDevice().device();

    private boolean inTpm;

    private AssignedConfigs configs(Optional<String> defaultProfile) {
        return new AssignedConfigs(
                stores.groupStore(), stores.entryStore(), (name, id) -> Optional.ofNullable(profiles.get(name)),
                () -> new Installation(new GivenParameters(Map.of("site", new ParameterValue.Text("file")), Map.of()), defaultProfile),
                asked -> new DeviceKeys.Residency(asked.equals(device) && inTpm, "nothing says so"));
    }

    private void profile(String name) {
        profile(name, "");
    }

    private void profile(String name, String requirements) {
        Map<String, Bytes> documents = Map.of(
                "profile.yaml", Fixture.bytes(requirements),
                "parameters.yaml", Fixture.bytes("- {name: site, type: string, required: true, description: A site.}"),
                "config.ign.json", Fixture.bytes("{\"ignition\": {\"version\": \"3.4.0\"}, \"storage\": {\"files\": [{\"path\": \"/etc/" + name
                        + "\", \"contents\": {\"inline\": \"{{ param.site }} {{ device.manufacturer }} {{ device.labels['ring'] }}\"}}]}}"));
        profiles.put(name, new AvailableProfile(Profile.parse(new ProfileSource(name, documents, Set.of())), source -> null));
    }

    private void group(String yaml) {
        Group group = GroupReader.read("f", Fixture.bytes(yaml)).getFirst();
        stores.groups.put(group.name(), group);
    }

    @Test
    void letsADeviceWaitThatNobodyGivesAProfile() {
        assertThatThrownBy(() -> configs(Optional.empty()).of(device))
                .isInstanceOf(Failure.NotYet.class)
                .hasMessageContaining("./slipway device assign");
        profile("standard");
        assertThat(configs(Optional.of("standard")).of(device).revisions()).extracting(ProfileRevision::profile).containsExactly("standard");
    }

    @Test
    void rendersWhatTheDeviceIsGiven() {
        profile("base");
        profile("top");
        group("{name: low, priority: 1, select: {serial: '*'}, profile: base, parameters: {site: group}}");
        group("{name: high, priority: 2, select: {serial: '*'}, profile: top}");
        String config = new String(
                configs(Optional.empty()).of(device).render(device, Guid.parse(Fixture.GUID), Optional.empty()).octets().toArray(),
                StandardCharsets.UTF_8);
        assertThat(config).contains("/etc/base", "/etc/top", "data:,group%20Example%20Devices%20canary").doesNotContain("data:,file");
        stores.owned.put(device.id(), new Own(Optional.empty(), new GivenParameters(Map.of("site", new ParameterValue.Text("own")), Map.of()), 1));
        assertThat(new String(
                        configs(Optional.empty()).of(device).render(device, Guid.parse(Fixture.GUID), Optional.empty()).octets().toArray(),
                        StandardCharsets.UTF_8))
                .contains("data:,own%20");
    }

    /** What was given as a secret stays one, where the profile does not say so, in a list and in what an expression makes of it, too. */
    @Test
    void masksForPeopleWhatWasGivenAsASecret() {
        Map<String, Bytes> documents = Map.of(
                "parameters.yaml", Fixture.bytes("""
                        - {name: site, type: string, required: true, description: A site.}
                        - {name: keys, type: strings, required: true, description: Keys.}
                        """),
                "config.ign.json", Fixture.bytes("""
                        {"ignition": {"version": "3.4.0"},
                         "storage": {"files": [
                          {"path": "/etc/site", "contents": {"inline": "at {{ param.site + '!' }} {{ device.model }}"}},
                          {"$each": "param.keys", "path": "/etc/keys/{{ item }}"}]},
                         "passwd": {"users": [{"name": "core", "sshAuthorizedKeys": "{{ param.keys }}"}]}}
                        """));
        for (String name : new String[] {"base", "top"}) {
            profiles.put(name, new AvailableProfile(Profile.parse(new ProfileSource(name, documents, Set.of())), source -> null));
        }
        group("{name: all, select: {serial: '*'}, profile: base, secrets: {site: hidden-site, keys: [hidden-key]}}");
        assertThat(configs(Optional.empty()).of(device).renderReadable(device, Guid.parse(Fixture.GUID), Optional.empty()).text())
                .contains("at%20********%20EG-400", "\"/etc/keys/********\"").doesNotContain("hidden");
        group("{name: more, priority: 2, select: {serial: '*'}, profile: top}");
        DeviceConfig merged = configs(Optional.empty()).of(device);
        assertThat(merged.preview(device, Guid.parse(Fixture.GUID)).config().text()).contains("at%20********%20EG-400").doesNotContain("hidden");
        assertThat(new String(merged.render(device, Guid.parse(Fixture.GUID), Optional.empty()).octets().toArray(), StandardCharsets.UTF_8))
                .contains("at%20hidden-site!%20EG-400", "hidden-key");
    }

    @Test
    void givesNothingWhereAProfileIsGoneOrGroupsDisagree() {
        group("{name: low, priority: 1, select: {serial: '*'}, profile: gone}");
        Failure.ConfigInvalid failure = catchThrowableOfType(Failure.ConfigInvalid.class, () -> configs(Optional.empty()).of(device));
        assertThat(failure.findings()).extracting(Finding::id, Finding::path)
                .containsExactly(tuple("assignment.profile", "group low"));
        profile("gone");
        profile("other");
        configs(Optional.empty()).of(device);
        group("{name: rival, priority: 1, select: {serial: '*'}, profile: other}");
        assertThatThrownBy(() -> configs(Optional.empty()).of(device)).isInstanceOf(Failure.ConfigInvalid.class).hasMessageContaining("'low' and 'rival'");
    }

    /** One layer that wants it is enough; and the next look is at what is known then. */
    @Test
    void requiresAKeyInATpmWhereOneOfTheProfilesDoes() {
        profile("base", "tpm: require");
        profile("top", "tpm: none");
        group("{name: low, priority: 1, select: {serial: '*'}, profile: base}");
        group("{name: high, priority: 2, select: {serial: '*'}, profile: top}");
        DeviceConfig config = configs(Optional.empty()).of(device);
        assertThatThrownBy(() -> config.requireProof(ProofLevel.ATTESTED))
                .isInstanceOf(Failure.Forbidden.class)
                .hasMessage("the profile base takes devices whose key is in a TPM, and of this one's is known: nothing says so; enrol it"
                        + " (factory/enroll.sh), or list who certified it (./slipway trust add device-ca) or made it (./slipway trust add"
                        + " manufacturer); that it takes no others is said by 'tpm' in its profile.yaml");
        inTpm = true;
        config.requireProof(ProofLevel.OWNERSHIP);
        assertThatThrownBy(() -> config.requireProof(ProofLevel.NONE)).hasMessageContaining("proved 'ownership'");
        inTpm = false;
        profile("base", "");
        configs(Optional.empty()).of(device).requireProof(ProofLevel.OWNERSHIP);
    }

    /** What is wrong is said when it is needed, and what is missing at the beginning. */
    @Test
    void admitsToOnboardingWhatSomebodyHasDecidedOver() {
        stores.devices.add(device);
        Guid guid = Guid.parse(Fixture.GUID);
        AssignedFirst admission = new AssignedFirst(configs(Optional.empty()), stores.deviceRepository());
        assertThatThrownBy(() -> admission.requireDecided(guid))
                .isInstanceOf(Failure.NotYet.class)
                .hasMessageContaining(Fixture.GUID + ": nobody has given");
        group("{name: low, priority: 1, select: {serial: '*'}, profile: gone}");
        admission.requireDecided(guid);
        stores.groups.clear();
        new AssignedFirst(configs(Optional.of("standard")), stores.deviceRepository()).requireDecided(guid);
    }
}

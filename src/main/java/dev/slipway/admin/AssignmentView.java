package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.device.Device;
import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.DeviceEntry.Own;
import dev.slipway.ignition.assignment.Group;
import dev.slipway.ignition.assignment.KnownParameters;
import dev.slipway.ignition.assignment.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Why a device gets what it gets.
 *
 * @param groups that it is in, the weakest first
 * @param profiles the lowest layer first
 * @param parameters by name
 * @param own what an operator assigned to it
 * @param trouble why it gets nothing now; empty if it does
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AssignmentView(
        String id,
        String guid,
        Map<String, String> labels,
        List<InGroup> groups,
        List<Profile> profiles,
        List<Parameter> parameters,
        Optional<OwnView> own,
        List<String> trouble) {

    /** @param selects in words */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record InGroup(String name, int priority, String selects, Optional<String> profile) {

        private static InGroup of(Group group) {
            return new InGroup(group.name(), group.priority(), group.selector().describe(), group.profile());
        }
    }

    /**
     * @param origin who gives it
     * @param revision absent where there is no such profile
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Profile(
            String name, String origin, Optional<String> revision, Optional<String> proof, Optional<String> tpm, Optional<String> policy) {}

    /**
     * @param value masked where it is secret
     * @param used whether one of the profiles declares it
     */
    public record Parameter(String name, Object value, String origin, boolean used) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record OwnView(Optional<String> profile, Map<String, Object> parameters, Map<String, String> secrets, long version) {

        static OwnView of(Own own, KnownParameters known) {
            GivenView given = GivenView.of(own.parameters(), known);
            return new OwnView(own.profile(), given.open(), given.secrets(), own.version());
        }
    }

    /** @param available those of its profiles that there are, by name */
    static AssignmentView of(
            Device device,
            Resolution resolution,
            Map<String, AvailableProfile> available,
            Optional<Own> own,
            KnownParameters known,
            List<String> trouble) {
        Set<String> declared = available.values().stream()
                .flatMap(profile -> profile.profile().parameters().stream())
                .map(ParameterDeclaration::name)
                .collect(Collectors.toSet());
        List<Parameter> parameters = new TreeMap<>(resolution.parameters()).entrySet().stream()
                .map(entry -> new Parameter(
                        entry.getKey(), shown(entry.getKey(), entry.getValue(), known), entry.getValue().origin(), declared.contains(entry.getKey())))
                .toList();
        return new AssignmentView(
                device.id().toString(),
                device.latestGuid().toString(),
                new TreeMap<>(resolution.labels()),
                resolution.groups().stream().map(InGroup::of).toList(),
                resolution.profiles().stream().map(layer -> profile(layer, Optional.ofNullable(available.get(layer.profile())))).toList(),
                parameters,
                own.map(given -> OwnView.of(given, known)),
                trouble);
    }

    private static Object shown(String name, Resolution.Given given, KnownParameters known) {
        return given.secret() || known.isSecret(name) ? ParameterValue.MASK : given.value().forExpression();
    }

    private static Profile profile(Resolution.Layer layer, Optional<AvailableProfile> available) {
        return new Profile(
                layer.profile(),
                layer.origin(),
                available.map(profile -> profile.profile().revision().shortHash()),
                available.map(profile -> profile.profile().lowestProof().word()),
                available.filter(profile -> profile.profile().requiresTpm()).map(profile -> TpmPolicy.REQUIRE.word()),
                available.flatMap(profile -> profile.profile().policy()));
    }
}

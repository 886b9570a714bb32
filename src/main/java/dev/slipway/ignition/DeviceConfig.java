package dev.slipway.ignition;

import dev.slipway.device.Device;
import dev.slipway.device.DeviceKeys;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.fdo.type.Guid;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What one device is to get: one profile, or several on top of each other, and the values for them. */
public final class DeviceConfig {

    private final List<Layer> layers;
    private final Map<String, String> labels;
    private final Supplier<DeviceKeys.Residency> key;

    /** A profile, and a value for each of its parameters. */
    public record Layer(AvailableProfile available, ParameterValues parameters) {

        Profile profile() {
            return available.profile();
        }
    }

    /**
     * @param layers lowest first, at least one
     * @param labels of the device, as its templates are to see them
     * @param key where the device's is, as it is known when this is asked
     */
    public DeviceConfig(List<Layer> layers, Map<String, String> labels, Supplier<DeviceKeys.Residency> key) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a config without a profile");
        }
        this.layers = List.copyOf(layers);
        this.labels = Map.copyOf(labels);
        this.key = key;
    }

    /**
     * @param profiles lowest first, at least one
     * @param given values by name, as texts or of any type; those that a profile does not declare are not for it
     * @param secret names of those that people are not shown, whether or not a profile declares them secret
     * @param key where the device's is, as it is known when this is asked
     * @throws dev.slipway.failure.Failure.ConfigInvalid if a value is missing, or not of the type that a profile wants
     */
    public static DeviceConfig of(
            List<AvailableProfile> profiles,
            Map<String, ParameterValue> given,
            Set<String> secret,
            Map<String, String> labels,
            Supplier<DeviceKeys.Residency> key) {
        Report report = new Report();
        List<Layer> layers = profiles.stream()
                .map(available -> new Layer(
                        available, ParameterValues.of(available.profile().name(), available.profile().parameters(), given, secret, report)))
                .toList();
        report.throwIfFailed();
        return new DeviceConfig(layers, labels, key);
    }

    /** Lowest first. */
    public List<ProfileRevision> revisions() {
        return layers.stream().map(layer -> layer.profile().revision()).toList();
    }

    /** That of the uppermost profile that says what its plan is. */
    public List<PlanStep> plan() {
        return planning().profile().plan();
    }

    /** That the plan sends. */
    public AvailableProfile.LocalFiles files() {
        return planning().available().files();
    }

    private Layer planning() {
        return layers.reversed().stream().filter(layer -> layer.profile().hasOwnPlan()).findFirst().orElseGet(layers::getLast);
    }

    /** Names of the policies that its machine has to satisfy, all of them, when it attests itself. */
    public List<String> policies() {
        return layers.stream().flatMap(layer -> layer.profile().policy().stream()).distinct().toList();
    }

    /** @throws Forbidden unless {@code proved} is enough for every profile, and the device's key is where they want it */
    public void requireProof(ProofLevel proved) {
        Profile strictest = layers.stream().map(Layer::profile).max(Comparator.comparing(Profile::lowestProof)).orElseThrow();
        if (!proved.suffices(strictest.lowestProof())) {
            throw new Forbidden("the profile " + strictest.name() + " takes devices that have proved '" + strictest.lowestProof().word()
                    + "', and this proves '" + proved.word() + "'; what it takes is said by 'proof' in its " + ProfileSource.PROFILE);
        }
        requireTpm();
    }

    /** @throws Forbidden if a profile wants the device's key in a TPM, and nobody who is believed has seen it there */
    public void requireTpm() {
        layers.stream().map(Layer::profile).filter(Profile::requiresTpm).findFirst().ifPresent(strict -> {
            DeviceKeys.Residency known = key.get();
            if (!known.inTpm()) {
                throw new Forbidden("the profile " + strict.name() + " takes devices whose key is in a TPM, and of this one's is known: "
                        + known.found() + "; enrol it (factory/enroll.sh), or list who certified it (./slipway trust add device-ca) or made it"
                        + " (./slipway trust add manufacturer); that it takes no others is said by 'tpm' in its " + ProfileSource.PROFILE);
            }
        });
    }

    /** The config for a device that does not fetch it with a ticket; see {@link #render(Device, Guid, Optional, TicketFacts)}. */
    public RenderedConfig render(Device device, Guid guid, Optional<String> statedSerial) {
        return render(device, guid, statedSerial, TicketFacts.NONE);
    }

    /**
     * The config, for whoever has proved enough: see {@link #requireProof}.
     *
     * @param device for which this was made
     * @param statedSerial what the device says of itself in TO2; counts where it stated nothing in the factory
     * @param ticket that it is fetched with, or {@link TicketFacts#NONE}
     * @throws dev.slipway.failure.Failure.ConfigInvalid if a value does not fit, or the result is not fit to be served
     */
    public RenderedConfig render(Device device, Guid guid, Optional<String> statedSerial, TicketFacts ticket) {
        DeviceFacts facts = DeviceFacts.of(device, guid, statedSerial, labels);
        return layers.size() == 1
                ? layers.getFirst().profile().render(facts, layers.getFirst().parameters(), ticket)
                : MergedProfiles.render(layers, facts, ticket);
    }

    /** The same for people, without a ticket. */
    public ReadableConfig renderReadable(Device device, Guid guid, Optional<String> statedSerial) {
        DeviceFacts facts = DeviceFacts.of(device, guid, statedSerial, labels);
        return layers.size() == 1
                ? layers.getFirst().profile().renderReadable(facts, layers.getFirst().parameters())
                : MergedProfiles.renderReadable(layers, facts);
    }

    /** The same, and where each of its values comes from. */
    public ConfigPreview preview(Device device, Guid guid) {
        DeviceFacts facts = DeviceFacts.of(device, guid, Optional.empty(), labels);
        return layers.size() == 1
                ? layers.getFirst().profile().preview(facts, layers.getFirst().parameters())
                : MergedProfiles.preview(layers, facts);
    }
}

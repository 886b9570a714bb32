package dev.slipway.ignition;

import dev.slipway.device.Device;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.fdo.type.Guid;
import java.util.Map;
import java.util.Optional;

/** What one device is to get: a profile, and the values for it. */
public final class DeviceConfig {

    private final AvailableProfile available;
    private final ParameterValues parameters;

    public DeviceConfig(AvailableProfile available, ParameterValues parameters) {
        this.available = available;
        this.parameters = parameters;
    }

    public Profile profile() {
        return available.profile();
    }

    /** That its plan sends. */
    public AvailableProfile.LocalFiles files() {
        return available.files();
    }

    /** @throws Forbidden unless {@code proved} is enough for the profile */
    public void requireProof(ProofLevel proved) {
        if (!proved.suffices(profile().lowestProof())) {
            throw new Forbidden("the profile " + profile().name() + " takes devices that have proved '" + profile().lowestProof().word()
                    + "', and this proves '" + proved.word() + "'; what it takes is said by 'proof' in its " + ProfileSource.PROFILE);
        }
    }

    /**
     * The config, for whoever has proved enough: see {@link #requireProof}.
     *
     * @param device for which this was made
     * @param statedSerial what the device says of itself in TO2; counts where it stated nothing in the factory
     * @throws dev.slipway.failure.Failure.ConfigInvalid if a value does not fit, or the result is not fit to be served
     */
    public RenderedConfig render(Device device, Guid guid, Optional<String> statedSerial) {
        return profile().render(facts(device, guid, statedSerial), parameters);
    }

    /** The same for people. */
    public ReadableConfig renderReadable(Device device, Guid guid, Optional<String> statedSerial) {
        return profile().renderReadable(facts(device, guid, statedSerial), parameters);
    }

    /** The same, and where each of its values comes from. */
    public ConfigPreview preview(Device device, Guid guid) {
        return profile().preview(facts(device, guid, Optional.empty()), parameters);
    }

    private static DeviceFacts facts(Device device, Guid guid, Optional<String> statedSerial) {
        String serial = Optional.of(device.serial())
                .filter(stated -> !stated.isBlank())
                .or(() -> statedSerial)
                .orElse(device.deviceInfo());
        return new DeviceFacts(guid.toString(), serial, device.deviceInfo(), "", Map.of());
    }
}

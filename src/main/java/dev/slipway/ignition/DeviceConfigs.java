package dev.slipway.ignition;

import dev.slipway.device.Device;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.fdo.type.Guid;
import java.util.Map;
import java.util.Optional;

/** The config of each device: all have one profile, with the parameters of this installation. */
public final class DeviceConfigs {

    private final Profile profile;
    private final ParameterValues parameters;

    public DeviceConfigs(Profile profile, ParameterValues parameters) {
        this.profile = profile;
        this.parameters = parameters;
    }

    public Profile profile() {
        return profile;
    }

    /** @throws Forbidden unless {@code proved} is enough for the profile */
    public void requireProof(ProofLevel proved) {
        if (!proved.suffices(profile.lowestProof())) {
            throw new Forbidden("the profile " + profile.name() + " takes devices that have proved '" + profile.lowestProof().word()
                    + "', and this proves '" + proved.word() + "'; what it takes is said by 'proof' in its " + ProfileSource.PROFILE);
        }
    }

    /**
     * The config of one device, for whoever has proved enough: see {@link #requireProof}.
     *
     * @param statedSerial what the device says of itself in TO2; counts where it stated nothing in the factory
     * @throws dev.slipway.failure.Failure.ConfigInvalid if a value does not fit, or the result is not fit to be served
     */
    public RenderedConfig render(Device device, Guid guid, Optional<String> statedSerial) {
        String serial = Optional.of(device.serial())
                .filter(stated -> !stated.isBlank())
                .or(() -> statedSerial)
                .orElse(device.deviceInfo());
        return profile.render(new DeviceFacts(guid.toString(), serial, device.deviceInfo(), "", Map.of()), parameters);
    }
}

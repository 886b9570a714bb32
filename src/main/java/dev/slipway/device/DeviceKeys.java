package dev.slipway.device;

/** Knows where devices' keys are. */
@FunctionalInterface
public interface DeviceKeys {

    /**
     * Where a device's key is.
     *
     * @param inTpm whether somebody who is believed has seen it in a TPM
     * @param found what says so, or what there is instead; for people
     */
    record Residency(boolean inTpm, String found) {}

    /** As it is known now; whoever asks again may be told something else. */
    Residency of(Device device);
}

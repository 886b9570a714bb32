package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.serviceinfo.Content;
import dev.slipway.fdo.serviceinfo.Devmod;
import dev.slipway.fdo.serviceinfo.OwnerModule;
import dev.slipway.fdo.serviceinfo.Plan;
import dev.slipway.fdo.serviceinfo.module.DownloadModule;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.HashType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a device is sent in its onboarding: the plan of its profile, with the config rendered for it. */
public final class OnboardingPlans implements Plan.Source {

    /** Makes pointer configs, each with a new ticket. */
    @FunctionalInterface
    public interface Pointers {

        /**
         * One for a device that does TO2. The ticket in it is on disk when this returns.
         *
         * @param guid under which it does
         * @param statedSerial what it says of itself
         * @param given what it is to get
         */
        RenderedConfig pointerFor(Device device, Guid guid, Optional<String> statedSerial, DeviceConfig given);
    }

    private static final String SERIAL_NUMBER = "sn";

    private final DeviceConfigs configs;
    private final DeviceRepository devices;
    private final Pointers pointers;

    public OnboardingPlans(DeviceConfigs configs, DeviceRepository devices, Pointers pointers) {
        this.configs = configs;
        this.devices = devices;
        this.pointers = pointers;
    }

    /** No step goes to a device that has proved less than its profile wants: any may hold a secret. */
    @Override
    public Plan planFor(Guid guid, Devmod devmod) {
        Device device = devices.find(guid).orElseThrow(() -> new NotFound("no device for " + guid));
        DeviceConfig config = configs.of(device);
        config.requireProof(ProofLevel.OWNERSHIP);
        Optional<String> serial = devmod.fact(SERIAL_NUMBER);
        List<OwnerModule> steps = new ArrayList<>();
        for (PlanStep step : config.plan()) {
            steps.add(
                    switch (step) {
                        case PlanStep.Download download when download.sendsConfig() ->
                                new DownloadModule(download.name(), new ConfigContent(config.render(device, guid, serial).octets()));
                        case PlanStep.Download download -> new DownloadModule(download.name(), config.files().open(download.source()));
                        case PlanStep.Pointer pointer ->
                                new DownloadModule(pointer.name(), new ConfigContent(pointers.pointerFor(device, guid, serial, config).octets()));
                    });
        }
        return new Plan(steps);
    }

    /** A rendered config, which is small. */
    private record ConfigContent(SecretBytes octets) implements Content {

        @Override
        public long length() {
            return octets.length();
        }

        @Override
        public int octetsInMemory() {
            return octets.length();
        }

        @Override
        public Bytes sha384() {
            return HashType.SHA384.hash(octets.slice(0, octets.length())).value();
        }

        @Override
        public Bytes read(long offset, int length) {
            return octets.slice((int) offset, (int) offset + length);
        }
    }
}

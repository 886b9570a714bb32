package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
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
import java.util.Map;
import java.util.Optional;

/** What a device is sent in its onboarding: the plan of its profile, with the config rendered for it. */
public final class OnboardingPlans implements Plan.Source {

    /** The files of a profile. */
    @FunctionalInterface
    public interface LocalFiles {

        /** @param source as a plan names it */
        Content open(String source);
    }

    private static final String SERIAL_NUMBER = "sn";

    private final Profile profile;
    private final ParameterValues parameters;
    private final DeviceRepository devices;
    private final LocalFiles files;

    public OnboardingPlans(Profile profile, ParameterValues parameters, DeviceRepository devices, LocalFiles files) {
        this.profile = profile;
        this.parameters = parameters;
        this.devices = devices;
        this.files = files;
    }

    @Override
    public Plan planFor(Guid guid, Devmod devmod) {
        Device device = devices.find(guid).orElseThrow(() -> new NotFound("no device for " + guid));
        DeviceFacts facts = facts(guid, device, devmod);
        List<OwnerModule> steps = new ArrayList<>();
        for (PlanStep step : profile.plan()) {
            steps.add(
                    switch (step) {
                        case PlanStep.Download download -> new DownloadModule(download.name(), content(download, facts));
                    });
        }
        return new Plan(steps);
    }

    /** The serial is what the device stated in the factory, or states now, or what its voucher calls it. */
    private static DeviceFacts facts(Guid guid, Device device, Devmod devmod) {
        String serial = Optional.of(device.serial())
                .filter(stated -> !stated.isBlank())
                .or(() -> devmod.fact(SERIAL_NUMBER))
                .orElse(device.deviceInfo());
        return new DeviceFacts(guid.toString(), serial, device.deviceInfo(), "", Map.of());
    }

    private Content content(PlanStep.Download download, DeviceFacts facts) {
        return download.sendsConfig()
                ? new ConfigContent(profile.render(facts, parameters).octets())
                : files.open(download.source());
    }

    /** A rendered config, which is small. */
    private record ConfigContent(SecretBytes octets) implements Content {

        @Override
        public long length() {
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

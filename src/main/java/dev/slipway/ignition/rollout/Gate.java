package dev.slipway.ignition.rollout;

import dev.slipway.device.Device;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.TicketFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Tries a revision for every device that would get it. Nothing is written. */
public final class Gate {

    /** Findings of all devices that are told; of the others there is no more than their count. */
    private static final int LISTED = 200;

    /** Findings of one device that are told. */
    private static final int FINDINGS_OF_A_DEVICE = 5;

    private final DeviceSweep devices;
    private final CandidateConfigs configs;
    private final ProfileCatalogue profiles;

    public Gate(DeviceSweep devices, CandidateConfigs configs, ProfileCatalogue profiles) {
        this.devices = devices;
        this.configs = configs;
        this.profiles = profiles;
    }

    /**
     * How far it is.
     *
     * @param seen devices
     * @param tried those of them that would get the revision
     * @param refused those of these for which it cannot be rendered
     */
    public record Progress(int seen, int tried, int refused) {

        static final Progress NONE = new Progress(0, 0, 0);

        Progress and(int moreSeen, long moreTried, long moreRefused) {
            return new Progress(seen + moreSeen, (int) (tried + moreTried), (int) (refused + moreRefused));
        }
    }

    /** @param findings about devices, the first ones; their paths begin with {@code device GUID} */
    record Verdict(Progress done, List<Finding> findings) {}

    /** What one device makes of a revision. */
    private record Tried(boolean assigned, List<Finding> findings) {

        boolean isRefused() {
            return !findings.isEmpty();
        }
    }

    /** Collects what all devices make of it. */
    private static final class Tally implements DeviceSweep.Page<Tried> {

        private final Consumer<Progress> listener;
        private final List<Finding> findings = new ArrayList<>();
        private Progress progress = Progress.NONE;

        Tally(Consumer<Progress> listener) {
            this.listener = listener;
        }

        @Override
        public void done(int devices, List<Tried> results) {
            results.forEach(tried -> tried.findings().stream().limit(LISTED - findings.size()).forEach(findings::add));
            progress = progress.and(
                    devices, results.stream().filter(Tried::assigned).count(), results.stream().filter(Tried::isRefused).count());
            listener.accept(progress);
        }
    }

    /** @param affected whether a device that is assigned to the profile would get this revision of it */
    Verdict check(AvailableProfile candidate, Predicate<Device> affected, Consumer<Progress> listener) {
        Tally tally = new Tally(listener);
        devices.run(() -> new Trial(profiles, candidate, configs), affected, Gate::tried, tally);
        return new Verdict(tally.progress, List.copyOf(tally.findings));
    }

    /** As it is sent in TO2, and as it is fetched. */
    private static Tried tried(Trial trial, Device device) {
        try {
            Optional<DeviceConfig> config = trial.configOf(device);
            config.ifPresent(given -> {
                given.render(device, device.latestGuid(), Optional.empty());
                given.render(device, device.latestGuid(), Optional.empty(), TicketFacts.EXAMPLE);
            });
            return new Tried(config.isPresent(), List.of());
        } catch (Failure.ConfigInvalid e) {
            return new Tried(true, findings(device, e));
        }
    }

    /** What is wrong for one device. */
    static List<Finding> findings(Device device, Failure.ConfigInvalid cause) {
        return cause.findings().stream()
                .filter(Finding::isError)
                .limit(FINDINGS_OF_A_DEVICE)
                .map(finding -> new Finding(
                        finding.id(), "device " + device.latestGuid() + " " + finding.path(), finding.severity(), finding.message(),
                        finding.position()))
                .toList();
    }
}

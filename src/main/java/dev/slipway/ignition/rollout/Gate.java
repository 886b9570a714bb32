package dev.slipway.ignition.rollout;

import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.ProfileCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tries a revision for every device that would get it. Devices are read page by page, so that it takes the same memory for any number of
 * them; nothing is written.
 */
public final class Gate {

    private static final int PAGE = 200;

    /** Findings of all devices that are told; of the others there is no more than their count. */
    private static final int LISTED = 200;

    /** Findings of one device that are told. */
    private static final int FINDINGS_OF_A_DEVICE = 5;

    private final DeviceRepository devices;
    private final CandidateConfigs configs;
    private final ProfileCatalogue profiles;
    private final Executor executor;
    private final int atOnce;

    /** @param atOnce how many devices are tried at a time, by as many threads of {@code executor} */
    public Gate(DeviceRepository devices, CandidateConfigs configs, ProfileCatalogue profiles, Executor executor, int atOnce) {
        this.devices = devices;
        this.configs = configs;
        this.profiles = profiles;
        this.executor = executor;
        this.atOnce = atOnce;
    }

    /**
     * How far it is.
     *
     * @param seen devices
     * @param tried those of them that would get the revision
     * @param refused those of these for which it cannot be rendered
     */
    public record Progress(int seen, int tried, int refused) {}

    /** @param findings about devices, the first ones; their paths begin with {@code device GUID} */
    public record Verdict(Progress done, List<Finding> findings) {}

    /** What one device makes of a revision. */
    private record Tried(boolean assigned, List<Finding> findings) {}

    /** @param affected whether a device that is assigned to the profile would get this revision of it */
    Verdict check(AvailableProfile candidate, Predicate<Device> affected, Consumer<Progress> listener) {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            trials.add(new Trial(profiles, candidate, configs));
        }
        Progress progress = new Progress(0, 0, 0);
        List<Finding> findings = new ArrayList<>();
        List<Device> page = devices.list(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            List<Tried> all = inParallel(page.stream().filter(affected).toList(), trials);
            List<Tried> refused = all.stream().filter(tried -> !tried.findings().isEmpty()).toList();
            refused.forEach(tried -> tried.findings().stream().limit(Math.max(0, LISTED - findings.size())).forEach(findings::add));
            progress = new Progress(
                    progress.seen() + page.size(),
                    progress.tried() + (int) all.stream().filter(Tried::assigned).count(),
                    progress.refused() + refused.size());
            listener.accept(progress);
            page = page.size() < PAGE ? List.of() : devices.list(Optional.of(page.getLast().id()), PAGE);
        }
        return new Verdict(progress, findings);
    }

    private List<Tried> inParallel(List<Device> page, List<Trial> trials) {
        List<CompletableFuture<List<Tried>>> parts = new ArrayList<>();
        for (int part = 0; part < trials.size(); part++) {
            Trial trial = trials.get(part);
            List<Device> share = page.subList(page.size() * part / trials.size(), page.size() * (part + 1) / trials.size());
            parts.add(CompletableFuture.supplyAsync(() -> share.stream().map(device -> tried(trial, device)).toList(), executor));
        }
        try {
            return parts.stream().flatMap(part -> part.join().stream()).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : new Failure.Internal("devices could not be tried", e.getCause());
        }
    }

    private static Tried tried(Trial trial, Device device) {
        try {
            Optional<DeviceConfig> config = trial.configOf(device);
            config.ifPresent(given -> given.render(device, device.guids().getLast(), Optional.empty()));
            return new Tried(config.isPresent(), List.of());
        } catch (Failure.ConfigInvalid e) {
            return new Tried(true, e.findings().stream()
                    .filter(Finding::isError)
                    .limit(FINDINGS_OF_A_DEVICE)
                    .map(finding -> of(device, finding))
                    .toList());
        }
    }

    private static Finding of(Device device, Finding finding) {
        return new Finding(finding.id(), "device " + device.guids().getLast() + " " + finding.path(), finding.severity(), finding.message(), finding.position());
    }
}

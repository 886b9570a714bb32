package dev.slipway.ignition.rollout;

import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Goes through all devices that may get a config, page by page, so that it takes the same memory for any number of them; some of a page at a
 * time.
 */
public final class DeviceSweep {

    private static final int PAGE = 200;

    private final DeviceRepository devices;
    private final Executor executor;
    private final int atOnce;

    /** @param atOnce how many devices are looked at at a time, by as many threads of {@code executor} */
    public DeviceSweep(DeviceRepository devices, Executor executor, int atOnce) {
        this.devices = devices;
        this.executor = executor;
        this.atOnce = atOnce;
    }

    /** Gets what was found in a page. */
    @FunctionalInterface
    interface Page<R> {
        void done(int devices, List<R> results);
    }

    /**
     * @param worker makes what one thread at a time works with
     * @param wanted which devices are looked at
     */
    <W, R> void run(Supplier<W> worker, Predicate<Device> wanted, BiFunction<W, Device, R> look, Page<R> found) {
        List<W> workers = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            workers.add(worker.get());
        }
        List<Device> page = devices.list(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            List<Device> ours = page.stream().filter(device -> device.state() != DeviceState.RELEASED).toList();
            found.done(ours.size(), inParallel(ours.stream().filter(wanted).toList(), workers, look));
            page = page.size() < PAGE ? List.of() : devices.list(Optional.of(page.getLast().id()), PAGE);
        }
    }

    private <W, R> List<R> inParallel(List<Device> page, List<W> workers, BiFunction<W, Device, R> look) {
        List<CompletableFuture<List<R>>> parts = new ArrayList<>();
        for (int part = 0; part < workers.size(); part++) {
            W worker = workers.get(part);
            List<Device> share = page.subList(page.size() * part / workers.size(), page.size() * (part + 1) / workers.size());
            parts.add(CompletableFuture.supplyAsync(() -> share.stream().map(device -> look.apply(worker, device)).toList(), executor));
        }
        try {
            return parts.stream().flatMap(part -> part.join().stream()).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : new Failure.Internal("devices could not be looked at", e.getCause());
        }
    }
}

package dev.slipway.simulator;

import dev.slipway.fdo.type.RandomSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Many virtual devices, so many at once. */
public final class Fleet {

    private final List<VirtualDevice> devices;
    private final Crowd crowd;

    /** @param progress told how many are done */
    public Fleet(
            VirtualDevice.Model model, String serialPrefix, int count, int parallel, HttpClient http, Latencies latencies, RandomSource random, IntConsumer progress) {
        this.devices = IntStream.range(0, count)
                .mapToObj(i -> new VirtualDevice(model, serialPrefix + "-" + i, http, latencies, random))
                .toList();
        this.crowd = new Crowd(parallel, progress);
    }

    /**
     * What came of it.
     *
     * @param failures how often, by reason
     * @param each how long the devices that succeeded took
     */
    public record Result(int done, Map<String, Integer> failures, Duration took, Latencies.Summary each) {

        public int failed() {
            return failures.values().stream().mapToInt(Integer::intValue).sum();
        }

        public double perSecond() {
            return done / (took.toNanos() / 1e9);
        }
    }

    public Result initialize(URI manufacturer) {
        return each(device -> device.initialize(manufacturer));
    }

    /** TO1 and TO2; a device that does not get {@code file} counts as failed. */
    public Result onboard(String file) {
        return onboard(file, Patience.ONE_ROUND);
    }

    /** The same with devices that do not give up at once. */
    public Result onboard(String file, Patience patience) {
        return each(device -> {
            CheckFailed.require(device.credential() != null, "was not initialised");
            CheckFailed.require(device.onboard(patience).containsKey(file), "no " + file + " arrived");
        });
    }

    private Result each(Consumer<VirtualDevice> work) {
        return crowd.each(devices, work);
    }
}

package dev.slipway.cli;

import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Fleet;
import dev.slipway.simulator.Latencies;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway bench apply}. */
@Command(
        name = "apply",
        description = "Starts the service on an empty data folder of its own, has devices initialised, and applies a profile that is tried for each of"
                + " them; with a verdict beside each figure. The verdicts are for 10000 devices on two cores.",
        footer = "%nExit codes: 0 it was applied, whatever the verdicts; 1 it was not; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class BenchApplyCommand implements Callable<Integer> {

    private static final double SECONDS = 60;
    private static final double RESIDENT_MEGABYTES = 400;

    @Option(names = "--devices", converter = AtLeastOne.class, defaultValue = "10000", description = "how many (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Mixin
    private DeviceOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (BenchService service = BenchService.start()) {
            Progress progress = new Progress(spec.commandLine().getErr(), "devices", devices);
            new Fleet(options.model(), "devices", devices, 16, service.http(), new Latencies(), new SystemRandom(), progress).initialize(service.url());
            return measure(service) ? 0 : 1;
        }
    }

    private boolean measure(BenchService service) throws IOException {
        long residentBefore = ProcessFigures.residentMegabytes(service.pid());
        double cpuBefore = ProcessFigures.cpuSeconds(service.pid());
        long started = System.nanoTime();
        NdjsonAnswer answer = service.apply(config -> config.replace("gateway is up", "gateway is up again"), "ownership", progress -> {
            spec.commandLine().getErr().println("tried: " + progress.path("tried").asInt() + " of " + devices);
            spec.commandLine().getErr().flush();
        });
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpu = ProcessFigures.cpuSeconds(service.pid()) - cpuBefore;
        int tried = answer.result().path("devices").asInt();
        print(List.of(
                Goal.atMost(SECONDS, "s", "an apply that tries " + tried + " devices", seconds),
                Goal.atLeast(devices / SECONDS, "per second", "devices tried", tried / seconds),
                Goal.atMost(RESIDENT_MEGABYTES, "MB", "resident memory after it", ProcessFigures.residentMegabytes(service.pid()))),
                Map.of("devices", tried, "serverCpuMsPerDevice", cpu * 1000 / Math.max(1, tried), "residentMegabytesBefore", residentBefore));
        return answer.isDone() && tried == devices;
    }

    private void print(List<Goal> goals, Map<String, Object> figures) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>(figures);
            all.put("goals", goals.stream().map(Goal::json).toList());
            out.println(Json.write(all));
        } else {
            goals.forEach(goal -> out.println(goal.text()));
            out.printf(Locale.ROOT, "server CPU of a device: %.2f ms%n", (Double) figures.get("serverCpuMsPerDevice"));
        }
        out.flush();
    }
}

package dev.slipway.cli;

import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Fleet;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway bench}. */
@Command(
        name = "bench",
        description = "Starts the service on an empty data folder of its own, and measures it with virtual devices over loopback HTTP, with a "
                + "verdict beside each figure. Devices and service share this machine's cores. The verdicts are for P-256 on two cores. The same "
                + "onboarding's bare cryptography is measured in the same run.",
        subcommands = {BenchApplyCommand.class, BenchAttestedCommand.class, BenchConfigsCommand.class},
        footer = "%nExit codes: 0 every device was onboarded, whatever the verdicts; 1 some were not; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    private static final int ROUND = 2000;

    @Option(names = "--devices", converter = AtLeastOne.class, defaultValue = "2000", description = "how many are measured, of each load (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(
            names = "--warm-up",
            converter = AtLeastOne.class,
            defaultValue = "16000",
            description = "how many go before them, unmeasured, in rounds of up to " + ROUND + "; the JVM compiles what one onboarding does once "
                    + "only after 10000 of them (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--parallel",
            converter = AtLeastOne.class,
            split = ",",
            defaultValue = "16,64,128",
            description = "loads, by how many are at once; the first is the usual one (default: ${DEFAULT-VALUE})")
    private List<Integer> parallel;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Mixin
    private DeviceOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (BenchService service = BenchService.start()) {
            fleet("first", 1, 1, service.http(), new Latencies()).initialize(service.url());
            BenchReport report = measure(service, service.seconds());
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? report.json() : report.text());
            out.flush();
            return report.complete(devices) ? 0 : 1;
        }
    }

    private BenchReport measure(BenchService service, double readySeconds) {
        warmUp(service);
        long residentWarm = ProcessFigures.residentMegabytes(service.pid());
        List<MeasuredLoad> loads = parallel.stream().map(atOnce -> measure(service, atOnce)).toList();
        VirtualDevice.Model model = options.model();
        long bare = BareCryptography.measure(model.keyType(), model.kexSuite(), new SystemRandom());
        return new BenchReport(readySeconds, bare / 1e6, residentWarm, ProcessFigures.residentMegabytes(service.pid()), loads);
    }

    /** As the measured loads go: at each change of what devices do, the JVM takes back what it had assumed of them. */
    private void warmUp(BenchService service) {
        for (int done = 0; done < warmUp; done += ROUND) {
            Fleet fleet = fleet("warm-up-" + done, Math.min(ROUND, warmUp - done), parallel.get(0), service.http(), new Latencies());
            fleet.initialize(service.url());
            fleet.onboard(DemoStory.CONFIG_FILE);
        }
    }

    /** As many go first as are at once, unmeasured: they open the connections. */
    private MeasuredLoad measure(BenchService service, int atOnce) {
        fleet("before-" + atOnce + "-at-once", atOnce, atOnce, service.http(), new Latencies()).initialize(service.url());
        Latencies latencies = new Latencies();
        return MeasuredLoad.of(atOnce, fleet(atOnce + "-at-once", devices, atOnce, service.http(), latencies), latencies, service.url(), service.pid());
    }

    private Fleet fleet(String what, int count, int atOnce, HttpClient http, Latencies latencies) {
        Progress progress = new Progress(spec.commandLine().getErr(), what, count);
        return new Fleet(options.model(), what, count, atOnce, http, latencies, new SystemRandom(), progress);
    }
}

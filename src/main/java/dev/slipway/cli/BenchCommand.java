package dev.slipway.cli;

import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Fleet;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway bench}. */
@Command(
        name = "bench",
        description = "Starts the service on an empty data folder of its own, and measures it with virtual devices over loopback HTTP. "
                + "Devices and service share this machine's cores. The same onboarding's bare cryptography is measured in the same run.",
        footer = "%nExit codes: 0 every device was onboarded; 1 some were not; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    @Option(names = "--devices", converter = AtLeastOne.class, defaultValue = "2000", description = "how many are measured (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--warm-up", converter = AtLeastOne.class, defaultValue = "1500", description = "how many go before them, unmeasured (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--parallel", converter = AtLeastOne.class, defaultValue = "16", description = "how many at once (default: ${DEFAULT-VALUE})")
    private int parallel;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Mixin
    private DeviceOptions options;

    @Spec
    private CommandSpec spec;

    /** Milliseconds of CPU are the server's, for one device. */
    private record Figures(
            FleetReport report, double initializeCpuMs, double onboardCpuMs, double bareCryptographyMs, long residentMegabytes) {}

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("slipway-bench");
        try (ServiceProcess service = ServiceProcess.start(folder.resolve("data"), 0, folder.resolve("log"));
                HttpClient http = HttpClients.create(Optional.empty())) {
            Fleet warm = fleet("warm-up", warmUp, http, new Latencies());
            warm.initialize(service.url());
            warm.onboard(DemoStory.CONFIG_FILE);
            Figures figures = measure(service, http);
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? json(figures) : text(figures));
            out.flush();
            return figures.report().complete(devices) ? 0 : 1;
        } finally {
            delete(folder);
        }
    }

    private Fleet fleet(String what, int count, HttpClient http, Latencies latencies) {
        Progress progress = new Progress(spec.commandLine().getErr(), what, count);
        return new Fleet(options.model(), what, count, parallel, http, latencies, new SystemRandom(), progress);
    }

    private Figures measure(ServiceProcess service, HttpClient http) {
        Latencies latencies = new Latencies();
        Fleet fleet = fleet("measured", devices, http, latencies);
        double before = ProcessFigures.cpuSeconds(service.pid());
        Fleet.Result initialized = fleet.initialize(service.url());
        double between = ProcessFigures.cpuSeconds(service.pid());
        Fleet.Result onboarded = fleet.onboard(DemoStory.CONFIG_FILE);
        double after = ProcessFigures.cpuSeconds(service.pid());
        VirtualDevice.Model model = options.model();
        long bare = BareCryptography.measure(model.keyType(), model.kexSuite(), new SystemRandom());
        return new Figures(
                FleetReport.of(initialized, onboarded, latencies),
                (between - before) * 1000 / initialized.done(),
                (after - between) * 1000 / onboarded.done(),
                bare / 1e6,
                ProcessFigures.residentMegabytes(service.pid()));
    }

    private String text(Figures figures) {
        return String.format(
                Locale.ROOT,
                "%s%n%nserver CPU per initialisation     %8.2f ms%nserver CPU per onboarding         %8.2f ms%n"
                        + "its bare public-key cryptography  %8.2f ms, a ratio of %.1f%nserver resident memory            %8d MB",
                figures.report().text(),
                figures.initializeCpuMs(),
                figures.onboardCpuMs(),
                figures.bareCryptographyMs(),
                figures.onboardCpuMs() / figures.bareCryptographyMs(),
                figures.residentMegabytes());
    }

    private static String json(Figures figures) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fleet", figures.report().figures());
        json.put("serverCpuMsPerInitialisation", figures.initializeCpuMs());
        json.put("serverCpuMsPerOnboarding", figures.onboardCpuMs());
        json.put("bareCryptographyMsPerOnboarding", figures.bareCryptographyMs());
        json.put("serverResidentMegabytes", figures.residentMegabytes());
        return Json.write(json);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package dev.slipway.cli;

import dev.slipway.ops.CryptoProviders;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Fleet;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.Patience;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway simulate}. */
@Command(
        name = "simulate",
        description = "Initialises virtual devices at a running service and onboards them: DI, TO1 and TO2, with all checks of a real device.",
        footer = "%nExit codes: 0 every device was onboarded and got a config; 1 some were not; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

    @Option(names = "--url", converter = HttpUrl.class, required = true, description = "the service, for instance http://127.0.0.1:8080")
    private URI url;

    @Option(names = "--devices", converter = AtLeastOne.class, defaultValue = "10", description = "how many (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--parallel", converter = AtLeastOne.class, defaultValue = "4", description = "how many at once (default: ${DEFAULT-VALUE})")
    private int parallel;

    @Option(
            names = "--rounds",
            converter = AtLeastOne.class,
            defaultValue = "1",
            description = "how often a device goes through its rendezvous info before it gives up; between two rounds it waits as the "
                    + "directives say, else two minutes (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--serial", defaultValue = "SIM", description = "how their serial numbers begin (default: ${DEFAULT-VALUE})")
    private String serial;

    @Option(names = "--ca", description = "certificates to trust for HTTPS, PEM: keys/tls.pem of the service's data folder")
    private Optional<Path> ca;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Mixin
    private DeviceOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CryptoProviders.install();
        PrintWriter err = spec.commandLine().getErr();
        try (HttpClient http = HttpClients.ofFleet(ca)) {
            Latencies latencies = new Latencies();
            Progress progress = new Progress(err, "onboarded", devices);
            Fleet fleet = new Fleet(options.model(), serial, devices, parallel, http, latencies, new SystemRandom(), progress);
            FleetReport report = FleetReport.of(fleet.initialize(url), fleet.onboard(DemoStory.CONFIG_FILE, Patience.ofRounds(rounds)), latencies);
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? report.json() : report.text());
            out.flush();
            return report.complete(devices) ? 0 : 1;
        }
    }
}

package dev.slipway.cli;

import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Crowd;
import dev.slipway.simulator.Fleet;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.MeasuredBoot;
import dev.slipway.simulator.TpmDevice;
import dev.slipway.simulator.VirtualDevice;
import dev.slipway.simulator.VirtualVendor;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway bench attested}. */
@Command(
        name = "attested",
        description = "Starts the service on an empty data folder of its own, enrols virtual devices with TPMs, accepts what each of them booted, and"
                + " measures boots that have to prove it again: a challenge, a quote with its event log, a ticket that only the TPM opens, and the"
                + " config for it. The verdict is for P-256 on two cores, which devices and service share.",
        footer = "%nExit codes: 0 every boot got its config, whatever the verdict; 1 some did not; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class BenchAttestedCommand implements Callable<Integer> {

    private static final double BOOTS_PER_SECOND = 300;
    private static final VirtualDevice.Model MODEL =
            new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "virtual");
    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

    @Option(names = "--devices", converter = AtLeastOne.class, defaultValue = "1000", description = "how many there are (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(
            names = "--warm-up",
            converter = AtLeastOne.class,
            defaultValue = "8",
            description = "how often each boots before it is measured (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--parallel",
            converter = AtLeastOne.class,
            defaultValue = "8",
            description = "how many are at once; the service reads evidence of so many of one address (default: ${DEFAULT-VALUE})")
    private int parallel;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final MeasuredBoot boot = new MeasuredBoot("image 1");

    /** What was measured. */
    private record Measured(Fleet.Result boots, double cpuMs, Map<Integer, Latencies.Summary> latencies) {

        private Goal goal() {
            return Goal.atLeast(BOOTS_PER_SECOND, "per second", "attested boots", boots.perSecond());
        }
    }

    @Override
    public Integer call() throws IOException {
        try (BenchService service = BenchService.start()) {
            VirtualVendor vendor = new VirtualVendor();
            service.api().post("trust/tpm-ca", vendor.certificate().toArray());
            SystemRandom random = new SystemRandom();
            List<TpmDevice> fleet = IntStream.range(0, devices)
                    .mapToObj(i -> new VirtualDevice(MODEL, "attested-" + i, service.http(), new Latencies(), random))
                    .map(device -> new TpmDevice(device, vendor, service.http(), service.url(), random))
                    .toList();
            prepare(service, fleet);
            Measured measured = measure(service, fleet);
            print(measured);
            return measured.boots().done() == devices ? 0 : 1;
        }
    }

    private void prepare(BenchService service, List<TpmDevice> fleet) throws IOException {
        ApiClient api = service.api();
        each("enrolled", fleet, device -> device.initialize(service.url()));
        each("booted once", fleet, device -> device.boot(boot, new Latencies()));
        each("accepted", fleet, device -> api.post("enrollments/" + ApiClient.segment(device.guid()) + "/accept-boot", new byte[0]));
        NdjsonAnswer applied = service.apply(UnaryOperator.identity(), "attested", progress -> {});
        if (!applied.isDone()) {
            throw new CommandFailed("the profile that wants an attested boot is refused: " + applied.problem());
        }
        for (int round = 1; round <= warmUp; round++) {
            each("warm-up, round " + round, fleet, device -> device.boot(boot, new Latencies()));
        }
    }

    private void each(String what, List<TpmDevice> fleet, Consumer<TpmDevice> work) {
        Fleet.Result result = crowd(what).each(fleet, work);
        if (result.failed() > 0) {
            throw new CommandFailed(result.failed() + " devices were not " + what + ": " + result.failures());
        }
    }

    private Crowd crowd(String what) {
        return new Crowd(parallel, new Progress(spec.commandLine().getErr(), what, devices));
    }

    private Measured measure(BenchService service, List<TpmDevice> fleet) {
        Latencies latencies = new Latencies();
        double before = ProcessFigures.cpuSeconds(service.pid());
        Fleet.Result boots = crowd("measured").each(fleet, device -> device.boot(boot, latencies));
        double cpuMs = (ProcessFigures.cpuSeconds(service.pid()) - before) * 1000 / devices;
        return new Measured(boots, cpuMs, latencies.summaries());
    }

    private void print(Measured measured) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(json(measured)));
        } else {
            out.printf(
                    Locale.ROOT, "boots %6d  failed %d  in %.1f s, %.0f per second, %.2f ms of the service's CPU each%n", measured.boots().done(),
                    measured.boots().failed(), measured.boots().took().toMillis() / 1000.0, measured.boots().perSecond(), measured.cpuMs());
            measured.boots().failures().forEach((reason, count) -> out.printf("  %d × %s%n", count, reason));
            measured.latencies().forEach((step, summary) -> out.printf(
                    Locale.ROOT, "%-10s p50 %6.2f ms  p99 %6.2f ms%n", name(step), summary.p50() / NANOSECONDS_PER_MILLISECOND,
                    summary.p99() / NANOSECONDS_PER_MILLISECOND));
            out.printf("%n%s%n", measured.goal().text());
        }
        out.flush();
    }

    private static String name(int step) {
        return TpmDevice.Step.values()[step].name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> json(Measured measured) {
        Map<String, Object> steps = new LinkedHashMap<>();
        measured.latencies().forEach((step, summary) -> steps.put(name(step), summary));
        return Map.of(
                "boots", measured.boots().done(), "failed", measured.boots().failed(), "failures", measured.boots().failures(),
                "perSecond", measured.boots().perSecond(), "serverCpuMs", measured.cpuMs(), "latencyNanoseconds", steps,
                "goals", List.of(measured.goal().json()));
    }
}

package dev.slipway.cli;

import dev.slipway.simulator.Fleet;
import dev.slipway.simulator.Latencies;
import java.net.URI;

/**
 * A fleet that was initialised and onboarded, and what that cost the service.
 *
 * @param initializeCpuMs milliseconds of the service's CPU for one device
 * @param onboardCpuMs the same for TO1 and TO2
 */
record MeasuredLoad(int parallel, FleetReport report, double initializeCpuMs, double onboardCpuMs) {

    static MeasuredLoad of(int parallel, Fleet fleet, Latencies latencies, URI url, long pid) {
        double before = ProcessFigures.cpuSeconds(pid);
        Fleet.Result initialized = fleet.initialize(url);
        double between = ProcessFigures.cpuSeconds(pid);
        Fleet.Result onboarded = fleet.onboard(DemoStory.CONFIG_FILE);
        double after = ProcessFigures.cpuSeconds(pid);
        return new MeasuredLoad(
                parallel,
                FleetReport.of(initialized, onboarded, latencies),
                (between - before) * 1000 / initialized.done(),
                (after - between) * 1000 / onboarded.done());
    }

    int failed() {
        return report.initialized().failed() + report.onboarded().failed();
    }

    /** Of the message where it is worst. */
    double widestSpread() {
        return report.latencies().values().stream().mapToDouble(Latencies.Summary::spread).max().orElse(0);
    }
}

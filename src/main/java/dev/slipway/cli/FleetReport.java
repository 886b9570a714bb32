package dev.slipway.cli;

import dev.slipway.fdo.message.MessageType;
import dev.slipway.simulator.Fleet;
import dev.slipway.simulator.Latencies;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a run of many devices came to. */
record FleetReport(Fleet.Result initialized, Fleet.Result onboarded, Map<Integer, Latencies.Summary> latencies) {

    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

    static FleetReport of(Fleet.Result initialized, Fleet.Result onboarded, Latencies latencies) {
        return new FleetReport(initialized, onboarded, latencies.summaries());
    }

    boolean complete(int devices) {
        return onboarded.done() == devices;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(line("initialised", initialized)).append(line("onboarded  ", onboarded));
        text.append(String.format(Locale.ROOT, "%nmessage                              count   p50 ms   p95 ms   p99 ms%n"));
        latencies.forEach((number, summary) -> text.append(String.format(
                Locale.ROOT,
                "%-3d %-30s %7d %8.2f %8.2f %8.2f%n",
                number,
                MessageType.ofNumber(number).map(MessageType::name).orElse("ERROR"),
                summary.count(),
                summary.p50() / NANOSECONDS_PER_MILLISECOND,
                summary.p95() / NANOSECONDS_PER_MILLISECOND,
                summary.p99() / NANOSECONDS_PER_MILLISECOND)));
        return text.toString().stripTrailing();
    }

    private static String line(String what, Fleet.Result result) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%s %6d  failed %d  in %.1f s, %.0f per second%n",
                what, result.done(), result.failed(), result.took().toMillis() / 1000.0, result.perSecond()));
        result.failures().forEach((reason, count) -> line.append("  ").append(count).append(" × ").append(reason).append('\n'));
        return line.toString();
    }

    String json() {
        return Json.write(figures());
    }

    Map<String, Object> figures() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("initialised", json(initialized));
        report.put("onboarded", json(onboarded));
        report.put("latencyNanoseconds", latencies);
        return report;
    }

    private static Map<String, Object> json(Fleet.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("done", result.done());
        json.put("failed", result.failed());
        json.put("failures", result.failures());
        json.put("seconds", result.took().toMillis() / 1000.0);
        json.put("perSecond", result.perSecond());
        return json;
    }
}

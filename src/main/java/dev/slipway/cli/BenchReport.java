package dev.slipway.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a bench run came to, with a verdict beside each figure.
 *
 * @param readySeconds from the start of the service to its answer to the first device initialisation
 * @param bareCryptographyMs CPU of the public-key cryptography of one onboarding, with nothing around it
 * @param residentWarm megabytes of the service's memory after the warm-up
 * @param residentEnd the same after all loads
 * @param loads each with more at once than the one before
 */
record BenchReport(double readySeconds, double bareCryptographyMs, long residentWarm, long residentEnd, List<MeasuredLoad> loads) {

    private static final double READY_SECONDS = 6;
    private static final double INITIALISATION_MS = 1;
    private static final double ONBOARDING_MS = 2;
    private static final double ONBOARDINGS_PER_SECOND = 250;
    private static final double SPREAD = 5;
    /** The spread is a goal with up to so many at once. With more of them, it is that none fails. */
    private static final int SPREAD_AT_ONCE = 64;
    private static final double RESIDENT_MEGABYTES = 400;
    /** What a service that does not grow may be off by, in percent: pages are counted, not objects. */
    private static final double GROWTH_PERCENT = 5;

    boolean complete(int devices) {
        return loads.stream().allMatch(load -> load.report().complete(devices));
    }

    List<Goal> goals() {
        MeasuredLoad usual = loads.get(0);
        List<Goal> goals = new ArrayList<>();
        goals.add(Goal.atMost(READY_SECONDS, "s", "ready for the first DI", readySeconds));
        goals.add(Goal.atMost(INITIALISATION_MS, "ms", "server CPU of a DI", usual.initializeCpuMs()));
        goals.add(Goal.atMost(ONBOARDING_MS, "ms", "server CPU of a TO1 and TO2", usual.onboardCpuMs()));
        goals.add(Goal.atLeast(ONBOARDINGS_PER_SECOND, "per second", "TO1 and TO2", usual.report().onboarded().perSecond()));
        for (MeasuredLoad load : loads) {
            String atOnce = ", " + load.parallel() + " at once";
            if (load.parallel() <= SPREAD_AT_ONCE) {
                goals.add(Goal.atMost(SPREAD, "p99/p50", "spread of a TO1 and TO2" + atOnce, load.report().onboarded().each().spread()));
                goals.add(Goal.atMost(SPREAD, "p99/p50", "spread of the worst message" + atOnce, load.widestSpread()));
            }
            goals.add(Goal.atMost(0, "devices", "failed" + atOnce, load.failed()));
        }
        goals.add(Goal.atMost(RESIDENT_MEGABYTES, "MB", "resident memory after the warm-up", residentWarm));
        goals.add(Goal.atMost(RESIDENT_MEGABYTES, "MB", "resident memory at the end", residentEnd));
        goals.add(Goal.atMost(GROWTH_PERCENT, "%", "growth since the warm-up", 100.0 * (residentEnd - residentWarm) / residentWarm));
        return goals;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (MeasuredLoad load : loads) {
            text.append(load.parallel()).append(" at once\n").append(load.report().text()).append("\n\n");
        }
        goals().forEach(goal -> text.append(goal.text()).append('\n'));
        MeasuredLoad usual = loads.get(0);
        return text.append(String.format(
                        Locale.ROOT,
                        "%nbare public-key cryptography of a TO1 and TO2: %.2f ms, a ratio of %.1f",
                        bareCryptographyMs, usual.onboardCpuMs() / bareCryptographyMs))
                .toString();
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("goals", goals().stream().map(Goal::json).toList());
        json.put("bareCryptographyMsPerOnboarding", bareCryptographyMs);
        json.put("loads", loads.stream().map(BenchReport::json).toList());
        return Json.write(json);
    }

    private static Map<String, Object> json(MeasuredLoad load) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("parallel", load.parallel());
        json.put("serverCpuMsPerInitialisation", load.initializeCpuMs());
        json.put("serverCpuMsPerOnboarding", load.onboardCpuMs());
        json.putAll(load.report().figures());
        return json;
    }
}

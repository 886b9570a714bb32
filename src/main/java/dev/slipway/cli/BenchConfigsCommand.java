package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Fleet;
import dev.slipway.simulator.Latencies;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway bench configs}. */
@Command(
        name = "configs",
        description = "Starts the service on an empty data folder of its own, and measures what it costs that devices wait for their configs, fetch"
                + " them (rendered, validated, and the lease on disk), and fetch them again; with a verdict beside each figure. The verdicts are"
                + " for two cores, which clients and service share.",
        footer = "%nExit codes: 0 every request was answered as it should be, whatever the verdicts; 1 some were not; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class BenchConfigsCommand implements Callable<Integer> {

    private static final int OK = 200;
    private static final int WAIT = 503;

    private static final double FIRST_FETCHES = 1000;
    private static final double FETCHES_AGAIN = 3000;
    private static final int WAITING_DEVICES = 10_000;
    private static final double SECONDS_BETWEEN_POLLS = 5;
    private static final double CORES_FOR_THEM = 0.5;

    @Option(names = "--devices", converter = AtLeastOne.class, defaultValue = "4000", description = "how many are measured, after as many to warm up (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--requests", converter = AtLeastOne.class, defaultValue = "30000", description = "of those that wait, and of those that fetch again (default: ${DEFAULT-VALUE})")
    private int requests;

    @Option(names = "--parallel", converter = AtLeastOne.class, defaultValue = "32", description = "how many are at once (default: ${DEFAULT-VALUE})")
    private int parallel;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    @Mixin
    private DeviceOptions options;

    @Spec
    private CommandSpec spec;

    /** The three things that devices do, in their order. */
    private record Phases(ConfigFetches waiting, ConfigFetches first, ConfigFetches again) {

        private List<ConfigFetches> all() {
            return List.of(waiting, first, again);
        }

        private List<Goal> goals() {
            double cores = waiting.cpuMs() / 1000 * WAITING_DEVICES / SECONDS_BETWEEN_POLLS;
            int otherwise = all().stream().mapToInt(ConfigFetches::otherwise).sum();
            return List.of(
                    Goal.atMost(CORES_FOR_THEM, "cores", WAITING_DEVICES + " devices that wait", cores),
                    Goal.atLeast(FIRST_FETCHES, "per second", "first fetches", first.perSecond()),
                    Goal.atLeast(FETCHES_AGAIN, "per second", "fetches within a lease", again.perSecond()),
                    Goal.atMost(0, "requests", "not answered as they should be", otherwise));
        }
    }

    @Override
    public Integer call() throws IOException {
        try (BenchService service = BenchService.start()) {
            NdjsonAnswer applied = service.apply(UnaryOperator.identity(), "none", progress -> {});
            if (!applied.isDone()) {
                throw new CommandFailed("the profile that lets operators approve is refused: " + applied.problem());
            }
            measure("warm-up", service);
            Phases phases = measure("measured", service);
            print(phases);
            return phases.all().stream().allMatch(fetches -> fetches.otherwise() == 0) ? 0 : 1;
        }
    }

    private Phases measure(String what, BenchService service) throws IOException {
        ApiClient api = service.api();
        Set<String> known = ids(api);
        Progress progress = new Progress(spec.commandLine().getErr(), what, devices);
        new Fleet(options.model(), what, devices, parallel, service.http(), new Latencies(), new SystemRandom(), progress).initialize(service.url());
        Set<String> ids = ids(api);
        ids.removeAll(known);
        if (ids.isEmpty()) {
            throw new CommandFailed("no device was initialised");
        }
        List<String> authorizations = ids.stream().map(id -> authorization(api.get("/ignition/v1/pointer/" + id))).toList();
        ConfigFetches.Load load = new ConfigFetches.Load(service.http(), service.url(), service.pid(), parallel);
        ConfigFetches waiting = load.run("waiting for an approval", authorizations, requests, WAIT);
        ids.forEach(id -> api.post("devices/" + id + "/approve", new byte[0]));
        return new Phases(
                waiting,
                load.run("first fetch", authorizations, authorizations.size(), OK),
                load.run("fetch within the lease", authorizations, requests, OK));
    }

    private static Set<String> ids(ApiClient api) {
        Set<String> ids = new LinkedHashSet<>();
        Pages.each(api, "devices", device -> ids.add(device.path("id").asText()));
        return ids;
    }

    private static String authorization(JsonNode pointer) {
        return pointer.at("/ignition/config/replace/httpHeaders/0/value").asText();
    }

    private void print(Phases phases) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(Map.of(
                    "phases", phases.all().stream().map(ConfigFetches::json).toList(), "goals", phases.goals().stream().map(Goal::json).toList())));
        } else {
            phases.all().forEach(fetches -> out.println(fetches.text()));
            out.println();
            phases.goals().forEach(goal -> out.println(goal.text()));
        }
        out.flush();
    }
}

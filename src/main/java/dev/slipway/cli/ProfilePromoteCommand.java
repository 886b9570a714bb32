package dev.slipway.cli;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway profile promote}. */
@Command(
        name = "promote",
        description = "Lets all devices have what the canaries have, once it was tried for each of them",
        footer = "%nExit codes: 0 done; 1 refused, or it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ProfilePromoteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "the profile")
    private String name;

    @Option(names = "--comment", defaultValue = "", description = "why, for those who look at the history")
    private String comment;

    @Mixin
    private ApiOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (ApiClient api = options.client()) {
            return new RolloutJob(spec, options.json(), api).run(name, "promote", Map.of("comment", comment), HttpRequest.BodyPublishers.noBody());
        }
    }
}

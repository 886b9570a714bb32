package dev.slipway.cli;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway profile rollback}. */
@Command(
        name = "rollback",
        description = "Lets devices have an earlier revision again. Where there is a canary, that ends; else all devices go back to the revision"
                + " before that was for all of them once.",
        footer = "%nExit codes: 0 done, or nothing to do; 1 refused, or it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ProfileRollbackCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "the profile")
    private String name;

    @Option(names = "--to", paramLabel = "REVISION", description = "a revision for all devices; this ends a canary, too")
    private Optional<Integer> to;

    @Option(names = "--force", description = "although there are devices that cannot have it; they wait then")
    private boolean force;

    @Option(names = "--comment", defaultValue = "", description = "why, for those who look at the history")
    private String comment;

    @Mixin
    private ApiOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> query = Map.of("comment", comment, "to", to.map(String::valueOf).orElse(""), "force", force ? "true" : "");
        try (ApiClient api = options.client()) {
            return new RolloutJob(spec, options.json(), api).run(name, "rollback", query, HttpRequest.BodyPublishers.noBody());
        }
    }
}

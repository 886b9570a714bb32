package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway policy}. */
@Command(
        name = "policy",
        description = "Policies: what the machines of devices may boot whose profiles name them. lint, explain and learn --pcrlock work on files,"
            + " without a service.",
        subcommands = {PolicyLintCommand.class, PolicyExplainCommand.class, PolicyApplyCommand.class, PolicyLearnCommand.class},
        footer = "%nExit codes: 0 done; 1 it failed, or was rejected; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class PolicyCommand {

    private static final int SHORT_HASH = 12;

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists the policies of a running service, each with the revision that is in force", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient api = options.client()) {
            Pages.each(api, "policies", policy -> out.println(options.json() ? policy.toString() : row(policy)));
        }
        return 0;
    }

    @Command(
            description = "Shows a policy as it was given: the revision that is in force, or another one. What is printed can be applied.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin ApiOptions options,
            @Option(names = "--revision", paramLabel = "NUMBER", description = "one that was in force before") Optional<Integer> revision,
            @Option(names = "--revisions", description = "list the revisions instead, newest first") boolean revisions,
            @Parameters(paramLabel = "NAME", description = "its name") String name) {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient api = options.client()) {
            JsonNode policy = api.get(path(name) + revision.map(number -> "?revision=" + number).orElse(""));
            if (options.json()) {
                out.println(policy);
            } else if (revisions) {
                policy.path("revisions").forEach(each -> out.println(row(each)));
            } else {
                out.println(policy.path("contents").asText().stripTrailing());
            }
        }
        return 0;
    }

    private static String row(JsonNode policy) {
        return Text.line(String.format(
                "%-20s %4d  %s  %s  %s  %s",
                policy.path("name").asText(),
                policy.path("revision").asInt(),
                policy.path("hash").asText().substring(0, SHORT_HASH),
                policy.path("createdAt").asText(),
                policy.path("author").asText(),
                policy.path("comment").asText()));
    }

    static String path(String name) {
        return "policies/" + ApiClient.segment(name);
    }
}

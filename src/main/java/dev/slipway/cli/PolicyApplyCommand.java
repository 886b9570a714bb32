package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway policy apply}. */
@Command(
        name = "apply",
        description = "Puts policies in force at a running service, as new revisions, unless they are in force already. Files are checked before"
                + " anything is sent.",
        footer = "%nExit codes: 0 done, or nothing to do; 1 refused, or it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class PolicyApplyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "a policy, or a folder of policies")
    private List<Path> files;

    @Option(names = "--comment", defaultValue = "", description = "why, for those who look at the revisions")
    private String comment;

    @Option(names = "--dry-run", description = "only say what would come of it: which devices would be refused that were let in before")
    private boolean dryRun;

    @Mixin
    private ApiOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<PolicyFiles> policies = PolicyFiles.of(files);
        policies.forEach(file -> file.lines().forEach(spec.commandLine().getErr()::println));
        if (policies.stream().anyMatch(file -> file.policy().isEmpty())) {
            return 1;
        }
        int refused = 0;
        try (ApiClient api = options.client()) {
            for (PolicyFiles file : policies) {
                try {
                    print(api.post(path(file), file.octets().toArray()));
                } catch (ApiClient.Refused e) {
                    refused++;
                    spec.commandLine().getErr().println("slipway: " + file.file() + " is refused: " + e.getMessage());
                }
            }
        }
        return refused == 0 ? 0 : 1;
    }

    private String path(PolicyFiles file) {
        return PolicyCommand.path(file.policy().orElseThrow().name()) + "/revisions?comment=" + URLEncoder.encode(comment, StandardCharsets.UTF_8)
                + (dryRun ? "&dry-run=true" : "");
    }

    private void print(JsonNode applied) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(applied);
        } else {
            JsonNode policy = applied.path("policy");
            String outcome = applied.path("unchanged").asBoolean() ? " is in force already" : dryRun ? " would be in force" : " is in force";
            out.println(policy.path("name").asText() + " revision " + policy.path("revision").asInt() + outcome + tried(applied));
            applied.path("refused").forEach(refused -> out.println(Text.printable(String.format(
                    "refuses %s: %s %s",
                    refused.path("device").asText(),
                    refused.at("/finding/path").asText(),
                    refused.at("/finding/message").asText()))));
        }
        out.flush();
    }

    private static String tried(JsonNode applied) {
        int devices = applied.path("tried").asInt();
        return devices == 0 ? "" : "; tried for " + devices + (devices == 1 ? " device" : " devices") + " that it let in before";
    }
}

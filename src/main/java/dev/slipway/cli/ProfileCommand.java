package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway profile}. */
@Command(
        name = "profile",
        description = "Profiles: what kinds of devices get. lint, render and diff work on folders, without a service.",
        subcommands = {
            ProfileLintCommand.class,
            ProfileRenderCommand.class,
            ProfileDiffCommand.class,
            ProfileApplyCommand.class,
            ProfilePromoteCommand.class,
            ProfileRollbackCommand.class
        },
        footer = "%nExit codes: 0 done; 1 it failed, or there are errors or differences; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ProfileCommand {

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists the profiles of a running service, and which revisions devices get", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        try (ApiClient api = options.client()) {
            api.get("profiles").forEach(profile -> print(options, profile, ProfileText.summary(profile)));
        }
        return 0;
    }

    @Command(description = "Shows the revisions of a profile, newest first, and which of them devices get", mixinStandardHelpOptions = true)
    int show(@Mixin ApiOptions options, @Parameters(paramLabel = "NAME", description = "the profile") String name) {
        try (ApiClient api = options.client()) {
            JsonNode profile = api.get("profiles/" + ApiClient.segment(name));
            if (options.json()) {
                spec.commandLine().getOut().println(profile);
            } else {
                profile.path("revisions").forEach(revision ->
                        spec.commandLine().getOut().println(ProfileText.revision(revision, profile.path("channels"))));
            }
        }
        return 0;
    }

    @Command(description = "Shows how devices came to get what they get, newest first", mixinStandardHelpOptions = true)
    int history(@Mixin ApiOptions options, @Parameters(paramLabel = "NAME", description = "the profile") String name) {
        try (ApiClient api = options.client()) {
            api.get("profiles/" + ApiClient.segment(name) + "/history").forEach(move -> print(options, move, ProfileText.move(move)));
        }
        return 0;
    }

    private void print(ApiOptions options, JsonNode json, String text) {
        spec.commandLine().getOut().println(options.json() ? json.toString() : text);
    }
}

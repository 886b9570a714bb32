package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway group}. */
@Command(
        name = "group",
        description = "Groups of a running service: rules that select devices, and give them profiles and values.",
        footer = "%nExit codes: 0 done; 1 it failed, or some were refused; 2 wrong usage.",
        subcommands = GroupTableCommand.class,
        mixinStandardHelpOptions = true)
final class GroupCommand {

    private static final String NAME = "NAME";

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists all groups, by name", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient api = options.client()) {
            Pages.each(api, "groups", group -> out.println(options.json() ? group.toString() : row(group)));
        }
        return 0;
    }

    private static String row(JsonNode group) {
        return Text.line(String.format(
                "%-20s %7d  %-20s %s",
                group.path("name").asText(),
                group.path("priority").asInt(),
                group.path("profile").asText("-"),
                group.path("comment").asText()));
    }

    @Command(description = "Shows a group as it is written in a file; secrets are masked, and stay as they are where that is applied again",
            mixinStandardHelpOptions = true)
    int show(@Mixin ApiOptions options, @Parameters(paramLabel = NAME, description = "its name") String name) {
        try (ApiClient api = options.client()) {
            JsonNode group = api.get(path(name));
            spec.commandLine().getOut().println(options.json() ? group.toString() : GroupFiles.yaml(group).stripTrailing());
        }
        return 0;
    }

    @Command(
            description = "Makes the groups of files, YAML, one in each document, or changes them to what is there. Files are checked before anything"
                    + " is sent. Applying the same again changes nothing.",
            mixinStandardHelpOptions = true)
    int apply(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML") List<Path> files) {
        List<GroupFiles.Document> documents = files.stream().flatMap(file -> GroupFiles.read(file).stream()).toList();
        PrintWriter out = spec.commandLine().getOut();
        int refused = 0;
        try (ApiClient api = options.client()) {
            for (GroupFiles.Document document : documents) {
                try {
                    JsonNode saved = api.put(path(document.name()), document.json());
                    out.println(options.json() ? saved.toString() : document.name() + " " + saved.path("outcome").asText());
                    saved.path("warnings").forEach(warning ->
                            spec.commandLine().getErr().println("slipway: the group " + document.name() + ": " + Text.printable(warning.asText())));
                } catch (ApiClient.Refused e) {
                    refused++;
                    spec.commandLine().getErr().println("slipway: the group " + document.name() + " is refused: " + e.getMessage());
                }
                out.flush();
            }
        }
        return refused == 0 ? 0 : 1;
    }

    @Command(description = "Removes a group; its devices get what is left to them", mixinStandardHelpOptions = true)
    int remove(@Mixin ApiOptions options, @Parameters(paramLabel = NAME, description = "its name") String name) {
        try (ApiClient api = options.client()) {
            api.delete(path(name));
        }
        return 0;
    }

    static String path(String name) {
        return "groups/" + ApiClient.segment(name);
    }
}

package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway group table}. */
@Command(
        name = "table",
        description = "The table of devices: what each gets by its serial or GUID, be it known yet or not.",
        footer = "%nExit codes: 0 done; 1 it failed, or the table was refused; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class GroupTableCommand {

    private static final String TABLE = "device-table";

    @Spec
    private CommandSpec spec;

    @Command(
            description = {
                "Takes in a table, CSV in UTF-8, all of it or nothing. Its first line names the columns: serial or guid first, then group, label:NAME,"
                    + " and names of parameters, with secret: before one that is to be sealed though no profile says so. An empty cell gives"
                    + " nothing.",
                "Its rows take the place of those of the same devices. Applying the same again changes nothing."
            },
            mixinStandardHelpOptions = true)
    int apply(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "FILE", description = "CSV") Path file,
            @Option(names = "--replace", description = "remove all rows that are not in this table") boolean replace) {
        InputFile.requireReadable(file);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (ApiClient api = options.client()) {
            JsonNode applied = api.putFile(TABLE + "?replace=" + replace, file, percent -> {
                err.printf(Locale.ROOT, "%s: %d %% sent%n", file, percent);
                err.flush();
            });
            for (JsonNode column : applied.path("unknown")) {
                err.printf("slipway: no profile declares '%s'; its values are kept as secrets until one does%n", Text.printable(column.asText()));
            }
            out.println(options.json() ? applied.toString() : summary(applied));
        }
        return 0;
    }

    private static String summary(JsonNode applied) {
        return String.format(
                Locale.ROOT,
                "%d added, %d changed, %d unchanged, %d removed",
                applied.path("added").asLong(),
                applied.path("changed").asLong(),
                applied.path("unchanged").asLong(),
                applied.path("removed").asLong());
    }

    @Command(description = "Lists all rows, by serial or GUID; secrets are masked", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient api = options.client()) {
            Pages.each(api, TABLE, "rows", row -> out.println(options.json() ? row.toString() : line(row)));
        }
        return 0;
    }

    private static String line(JsonNode row) {
        List<String> parts = new ArrayList<>();
        row.path("labels").properties().forEach(label -> parts.add("label:" + label.getKey() + "=" + label.getValue().asText()));
        row.path("parameters").properties().forEach(value -> parts.add(value.getKey() + "=" + value.getValue().asText()));
        row.path("secrets").properties().forEach(value -> parts.add(value.getKey() + "=" + value.getValue().asText()));
        return Text.line(String.format("%-36s  %-20s %s", row.path("device").asText(), row.path("group").asText("-"), String.join(" ", parts)));
    }

    @Command(description = "Removes the row of a device", mixinStandardHelpOptions = true)
    int remove(@Mixin ApiOptions options, @Parameters(paramLabel = "SERIAL", description = "as in the table, or a GUID") String device) {
        try (ApiClient api = options.client()) {
            api.delete(TABLE + "/" + URLEncoder.encode(device, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return 0;
    }
}

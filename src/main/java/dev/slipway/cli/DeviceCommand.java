package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway device}. */
@Command(
        name = "device",
        description = "Devices of a running service.",
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class DeviceCommand {

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists all devices, newest first, each with its latest GUID", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient api = options.client()) {
            Pages.each(api, "devices", device -> out.println(options.json() ? device.toString() : row(device)));
        }
        return 0;
    }

    private static String row(JsonNode device) {
        JsonNode guids = device.path("guids");
        return Text.printable(String.format(
                "%s  %-10s %s  %s  %s",
                guids.path(guids.size() - 1).asText(),
                device.path("state").asText(),
                device.path("since").asText(),
                device.path("deviceInfo").asText(),
                device.path("serial").asText()));
    }

    @Command(description = "Shows the device that has, or once had, a GUID", mixinStandardHelpOptions = true)
    int show(@Mixin ApiOptions options, @Parameters(paramLabel = "GUID") String guid) {
        try (ApiClient api = options.client()) {
            JsonNode device = api.get("devices/" + guid.replaceAll("[^0-9a-zA-Z-]", "?"));
            PrintWriter out = spec.commandLine().getOut();
            if (options.json()) {
                out.println(device);
            } else {
                device.properties().forEach(property -> line(out, property.getKey(), property.getValue()));
            }
        }
        return 0;
    }

    private static void line(PrintWriter out, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> line(out, name, element));
        } else {
            out.printf("%-12s %s%n", name, Text.printable(value.asText()));
        }
    }
}

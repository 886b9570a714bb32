package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway device}. */
@Command(
        name = "device",
        description = "Devices of a running service.",
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        subcommands = {DeviceAssignCommand.class, DeviceWhyCommand.class, DeviceEnrollmentCommand.class},
        mixinStandardHelpOptions = true)
final class DeviceCommand {

    static final String DEVICE = "DEVICE";
    static final String DEVICE_HELP = "a GUID that it has or once had, or its id";

    @Spec
    private CommandSpec spec;

    @Command(
            description = "Lists all devices, newest first, each with its latest GUID, its profiles, and its labels",
            mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient api = options.client()) {
            Pages.each(api, "devices", device -> out.println(options.json() ? device.toString() : row(device)));
        }
        return 0;
    }

    private static String row(JsonNode device) {
        JsonNode guids = device.path("guids");
        return Text.line(String.format(
                "%s  %-10s %s  %-14s  %s  %s  %s",
                guids.path(guids.size() - 1).asText(),
                device.path("state").asText(),
                device.path("since").asText(),
                device.has("profiles") ? profiles(device) : "(waits)",
                device.path("deviceInfo").asText(),
                device.path("serial").asText(),
                labels(device.path("labels"))));
    }

    private static String profiles(JsonNode device) {
        List<String> names = new ArrayList<>();
        device.path("profiles").forEach(name -> names.add(name.asText()));
        return String.join("+", names);
    }

    private static String labels(JsonNode labels) {
        List<String> texts = new ArrayList<>();
        labels.properties().forEach(label -> texts.add(label.getKey() + "=" + label.getValue().asText()));
        return String.join(",", texts);
    }

    @Command(
            description = "Takes from a device what it was assigned; groups and the table still give it what they do",
            mixinStandardHelpOptions = true)
    int unassign(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            api.delete(path(device) + "/assignment");
        }
        return 0;
    }

    @Command(description = "Gives a device labels, and takes them from it; prints all that it has then", mixinStandardHelpOptions = true)
    int label(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device,
            @Parameters(paramLabel = "LABEL", arity = "1..*", description = "NAME=VALUE to set one, NAME- to remove one") List<String> labels) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            if (equals <= 0 && !label.endsWith("-")) {
                throw new ParameterException(spec.commandLine(), "'" + label + "' is neither NAME=VALUE nor NAME-");
            }
            String name = label.substring(0, equals > 0 ? equals : label.length() - 1);
            changes.put(name, equals > 0 ? label.substring(equals + 1) : null);
        }
        try (ApiClient api = options.client()) {
            JsonNode changed = api.patch(path(device) + "/labels", Json.line(changes).getBytes(StandardCharsets.UTF_8));
            PrintWriter out = spec.commandLine().getOut();
            if (options.json()) {
                out.println(changed);
            } else {
                changed.path("labels").properties().forEach(label -> out.println(Text.printable(label.getKey() + "=" + label.getValue().asText())));
            }
        }
        return 0;
    }

    @Command(description = "Shows a device, its tickets, and who showed them", mixinStandardHelpOptions = true)
    int show(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            show(api.get(path(device)), options.json());
        }
        return 0;
    }

    @Command(
            description = {
                "Lets a device have its config, with no more proof than your word. Prints a pointer config for it: the user.ign by which its"
                    + " Ignition fetches the config. All other tickets of the device end.",
                "Where the device waits already, with a ticket of a pointer config that an installer got, it gets its config now, and nothing is"
                    + " printed."
            },
            mixinStandardHelpOptions = true)
    int approve(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            byte[] pointer = api.post(path(device) + "/approve", "application/vnd.coreos.ignition+json", new byte[0]);
            if (pointer.length == 0) {
                spec.commandLine().getErr().println("slipway: the ticket that the device has already is approved; it gets its config when it asks next");
            } else {
                spec.commandLine().getOut().println(new String(pointer, StandardCharsets.UTF_8));
            }
        }
        return 0;
    }

    @Command(description = "Ends all tickets of a device, and with them what it may fetch", mixinStandardHelpOptions = true)
    int revoke(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            JsonNode revoked = api.post(path(device) + "/revoke", new byte[0]);
            PrintWriter out = spec.commandLine().getOut();
            out.println(options.json() ? revoked.toString() : revoked.path("tickets").asInt() + " revoked");
        }
        return 0;
    }

    static String path(String device) {
        return "devices/" + ApiClient.segment(device);
    }

    private void show(JsonNode device, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(device);
        } else {
            device.properties().forEach(property -> line(out, property.getKey(), property.getValue()));
        }
    }

    private static void line(PrintWriter out, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> line(out, name, element));
        } else if (name.equals("tickets")) {
            ticket(out, value);
        } else if (name.equals("key")) {
            String place = value.path("inTpm").asBoolean() ? "in a TPM" : "in no TPM that is known";
            out.printf("%-12s %s: %s%n", name, place, Text.printable(value.path("found").asText()));
        } else if (name.equals("tpm")) {
            DeviceEnrollmentCommand.print(out, value, false);
        } else if (value.isObject()) {
            value.properties().forEach(entry -> out.printf("%-12s %s%n", name, Text.printable(entry.getKey() + "=" + entry.getValue().asText())));
        } else {
            out.printf("%-12s %s%n", name, Text.printable(value.asText()));
        }
    }

    private static String leased(JsonNode profiles) {
        StringBuilder text = new StringBuilder();
        for (JsonNode profile : profiles) {
            text.append(", profile ").append(Text.printable(profile.path("name").asText())).append(' ').append(profile.path("revision").asText());
        }
        return text.toString();
    }

    private static void ticket(PrintWriter out, JsonNode ticket) {
        String time = ticket.has("until") ? "until " + ticket.path("until").asText() : "at " + ticket.path("endedAt").asText();
        String fetched = ticket.has("fetchedAt") ? ", fetched " + ticket.path("fetchedAt").asText() : "";
        out.printf(
                "%-12s %s %s, proof %s by %s%s, minted %s%s%n",
                "ticket",
                ticket.path("state").asText(),
                time,
                ticket.path("proof").asText(),
                ticket.path("means").asText(),
                leased(ticket.path("profiles")),
                ticket.path("mintedAt").asText(),
                fetched);
        JsonNode alarm = ticket.path("alarm");
        if (!alarm.isMissingNode()) {
            out.printf(
                    "%-12s %s: shown by %s at %s, after its lease had ended%n",
                    "ALARM", alarm.path("kind").asText(), alarm.path("consumer").asText(), alarm.path("at").asText());
        }
    }
}

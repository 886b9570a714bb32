package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway device enrollment}. */
@Command(
        name = "enrollment",
        description = "Which TPM a device is bound to. When another one claims it, that is kept for you to decide, and changes nothing.",
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class DeviceEnrollmentCommand {

    private static final String DEVICE = "DEVICE";
    private static final String DEVICE_HELP = "a GUID, the device's id, or the Name of its key where it has no GUID yet";

    @Spec
    private CommandSpec spec;

    @Command(description = "Shows the TPM, and what is claimed against it", mixinStandardHelpOptions = true)
    int show(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            print(spec.commandLine().getOut(), api.get(path(device)), options.json());
        }
        return 0;
    }

    @Command(
            description = "Lets the one other TPM that claims the device take the place of the enrolled one, when it is enrolled once more",
            mixinStandardHelpOptions = true)
    int accept(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            print(spec.commandLine().getOut(), api.post(path(device) + "/accept", new byte[0]), options.json());
        }
        return 0;
    }

    @Command(
            description = "Drops what others claimed, and lets a device try again that gave too many wrong answers; the enrolled TPM stays",
            mixinStandardHelpOptions = true)
    int reject(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            api.post(path(device) + "/reject", "application/json", new byte[0]);
        }
        return 0;
    }

    @Command(description = "Forgets the TPM as well: any may be enrolled for the device", mixinStandardHelpOptions = true)
    int forget(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            api.delete(path(device));
        }
        return 0;
    }

    @Command(
            name = "accept-boot",
            description = "From now on the device has to boot what it booted last, by its PCRs; anything else gets no config",
            mixinStandardHelpOptions = true)
    int acceptBoot(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            print(spec.commandLine().getOut(), api.post(path(device) + "/accept-boot", new byte[0]), options.json());
        }
        return 0;
    }

    @Command(
            name = "record-boot",
            description = "From now on whatever the device boots is accepted and recorded, as it is for a device that was just enrolled",
            mixinStandardHelpOptions = true)
    int recordBoot(@Mixin ApiOptions options, @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device) {
        try (ApiClient api = options.client()) {
            print(spec.commandLine().getOut(), api.post(path(device) + "/record-boot", new byte[0]), options.json());
        }
        return 0;
    }

    @Command(
            description = "Writes what the device sent when it booted last into a folder, and prints the options by which ./slipway policy explain"
                    + " takes it",
            mixinStandardHelpOptions = true)
    int evidence(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = DEVICE, description = DEVICE_HELP) String device,
            @Option(names = "--to", paramLabel = "DIR", required = true, description = "made where it is not there") Path folder) {
        try (ApiClient api = options.client()) {
            JsonNode evidence = api.get(path(device) + "/evidence");
            spec.commandLine().getOut().println(options.json() ? evidence.toString() : EvidenceFolder.write(evidence, folder));
        }
        return 0;
    }

    private static String path(String device) {
        return "enrollments/" + ApiClient.segment(device);
    }

    /** Also a part of what {@code ./slipway device show} prints. */
    static void print(PrintWriter out, JsonNode enrollment, boolean json) {
        if (json) {
            out.println(enrollment);
            return;
        }
        String vendor = enrollment.has("tpm") ? ", " + enrollment.path("tpm").asText() : "";
        String trust = enrollment.has("ekStatus") ? ", " + enrollment.path("ekStatus").asText() : "";
        String time = enrollment.has("enrolledAt") ? ", " + enrollment.path("enrolledAt").asText() : "";
        line(out, "tpm", enrollment.path("status").asText() + trust + vendor + time);
        enrollment.path("eks").forEach(ek -> line(out, "ek", ek.asText()));
        for (String key : List.of("ak", "deviceKey")) {
            if (enrollment.has(key)) {
                line(out, key, enrollment.path(key).asText());
            }
        }
        if (enrollment.has("acceptedAt")) {
            line(out, "boots", "what was accepted at " + enrollment.path("acceptedAt").asText() + ", and nothing else");
        }
        JsonNode judged = enrollment.path("judged");
        if (!judged.isMissingNode()) {
            line(out, "boot", judged.path("result").asText() + (judged.has("by") ? " by " + judged.path("by").asText() : "")
                    + (judged.has("image") ? ", " + judged.path("image").asText() : "") + ", " + judged.path("at").asText());
        }
        judged.path("findings").forEach(finding -> line(out, "", finding.path("path").asText() + " " + finding.path("message").asText()));
        enrollment.path("quoted").properties().forEach(pcr -> line(out, "quoted", pcr.getKey() + " " + pcr.getValue().asText()));
        for (JsonNode claim : enrollment.path("contradictions")) {
            boolean accepted = claim.path("accepted").asBoolean();
            line(out, accepted ? "accepted" : "QUARANTINE", String.format(
                    "%s%s: EK %s with device key %s, at %s",
                    claim.path("reason").asText(),
                    accepted ? ", to be enrolled once more" : "",
                    claim.path("ek").asText(),
                    claim.path("deviceKey").asText(),
                    claim.path("at").asText()));
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(Text.printable(String.format("%-12s %s", name, value)));
    }
}

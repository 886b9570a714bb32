package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway device assign}. */
@Command(
        name = "assign",
        description = {
            "Gives a device a profile, or values, of its own, above what its groups and the table give it, in place of what it was assigned before.",
            "Prints what it gets now, and why. A device that waits gets its config when it asks next."
        },
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class DeviceAssignCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions options;

    @Parameters(paramLabel = DeviceCommand.DEVICE, description = DeviceCommand.DEVICE_HELP)
    private String device;

    @Option(names = "--profile", paramLabel = "NAME", description = "its profile (default: that of its groups)")
    private Optional<String> profile;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "a value; one text on each line for a list of texts")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--secret-param", paramLabel = "NAME=@FILE", description = "a secret value, from a file, whose last line end does not count")
    private Map<String, String> secrets = new LinkedHashMap<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (profile.isEmpty() && parameters.isEmpty() && secrets.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name a profile, or a value");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        profile.ifPresent(name -> body.put("profile", name));
        body.put("parameters", parameters);
        Map<String, String> read = new LinkedHashMap<>();
        secrets.forEach((name, source) -> read.put(name, secret(name, source)));
        body.put("secrets", read);
        try (ApiClient api = options.client()) {
            JsonNode why = api.put(DeviceCommand.path(device) + "/assignment", Json.line(body).getBytes(StandardCharsets.UTF_8));
            new AssignmentText(spec.commandLine().getOut()).print(why, options.json());
        }
        return 0;
    }

    /** Never on the command line itself, where every user of the machine could read it. */
    private String secret(String name, String source) {
        if (!source.startsWith("@")) {
            throw new ParameterException(spec.commandLine(), "write --secret-param " + name + "=@FILE; what stands in a command, others can read");
        }
        return new String(InputFile.read(Path.of(source.substring(1))), StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    }
}

package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.ProfileLint;
import dev.slipway.ignition.ProfileSource;
import dev.slipway.ignition.ReadableConfig;
import dev.slipway.ignition.Sample;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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

/** {@code ./slipway profile render}. */
@Command(
        name = "render",
        description = {
            "Renders a profile for its samples, or for a device that a file describes as a sample does. Needs no service.",
            "With --for, shows what a device of a running service would get now, and where each value comes from. Secrets are masked."
        },
        footer = "%nExit codes: 0 done; 1 it cannot be rendered; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ProfileRenderCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the folder of a profile; with --for, its name")
    private Path folder;

    @Option(names = "--for", paramLabel = "DEVICE", description = "a GUID that a device has or once had, or its id")
    private Optional<String> existing;

    @Option(names = "--sample", paramLabel = "NAME", description = "the sample samples/NAME.yaml (default: all)")
    private Optional<String> sample;

    @Option(names = "--device", paramLabel = "FILE", description = "a YAML file with 'device' and 'parameters', as samples have them")
    private Optional<Path> device;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "the value of a parameter, written as in YAML, in place of the file's")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--show-secrets", description = "print what secret parameters yield; without this it is ********")
    private boolean showSecrets;

    @Mixin
    private ApiOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (existing.isPresent()) {
            return preview(existing.get());
        }
        if (sample.isPresent() && device.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--sample and --device exclude each other");
        }
        ProfileFolders profile = ProfileFolders.one(spec, folder);
        try {
            ProfileSource source = profile.folder().read();
            Profile parsed = Profile.parse(source);
            configs(parsed, source).forEach((name, rendered) -> print(profile, name, parsed.renderReadable(rendered.device(), rendered.values())));
            return 0;
        } catch (Failure.ConfigInvalid e) {
            e.findings().forEach(finding -> spec.commandLine().getErr().println(FindingText.of(profile.shown(), finding).line()));
            return 1;
        }
    }

    private int preview(String guid) {
        if (sample.isPresent() || device.isPresent() || !parameters.isEmpty() || showSecrets) {
            throw new ParameterException(spec.commandLine(), "--for takes everything from the service, and shows no secrets");
        }
        try (ApiClient api = options.client()) {
            JsonNode preview = api.get("devices/" + ApiClient.segment(guid) + "/config-preview");
            List<String> profiles = preview.path("profiles").valueStream().map(layer -> layer.path("profile").asText()).toList();
            if (!profiles.contains(folder.toString())) {
                throw new CommandFailed("the device gets the profile " + Text.printable(String.join(" and ", profiles)) + ", not " + folder);
            }
            PrintWriter out = spec.commandLine().getOut();
            if (options.json()) {
                out.println(preview);
            } else {
                out.println(Json.write(preview.path("config")));
                preview.path("origins").forEach(origin -> out.println(Text.printable(ProfileText.origin(origin))));
            }
            return 0;
        }
    }

    /** By name, which is empty for the device of a file. */
    private Map<String, Sample> configs(Profile profile, ProfileSource source) {
        if (device.isPresent()) {
            Path file = device.get().toAbsolutePath();
            return Map.of("", Sample.parse(profile, file.toString(), Bytes.owning(InputFile.read(device.get())), parameters));
        }
        List<String> names = sample.map(List::of).orElseGet(() -> ProfileLint.samples(source));
        if (names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "the profile has no samples; describe a device with --device");
        }
        Map<String, Sample> samples = new LinkedHashMap<>();
        names.forEach(name -> samples.put(name, ProfileLint.sample(profile, source, name, parameters)));
        return samples;
    }

    private void print(ProfileFolders profile, String name, ReadableConfig config) {
        PrintWriter out = spec.commandLine().getOut();
        String text = showSecrets ? config.textWithSecrets() : config.text();
        if (options.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("profile", profile.name());
            if (!name.isEmpty()) {
                line.put("sample", name);
            }
            line.put("config", Json.read(text.getBytes(StandardCharsets.UTF_8)));
            out.println(Json.line(line));
        } else {
            if (sample.isEmpty() && device.isEmpty()) {
                spec.commandLine().getErr().println("slipway: sample " + name);
                spec.commandLine().getErr().flush();
            }
            out.println(text);
            out.flush();
        }
    }
}

package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.ProfileLayout;
import dev.slipway.policy.LearnedBoot;
import dev.slipway.policy.PcrlockProposal;
import dev.slipway.policy.PolicyProposal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./slipway policy learn}. */
@Command(
        name = "learn",
        description = {
            "Proposes a policy, from what devices booted, or from files of systemd-pcrlock; prints it. Look at it before you apply it.",
            "Devices whose boots are only recorded are believed to boot what they should: learn from machines that you know."
        },
        footer = "%nExit codes: 0 done; 1 there is nothing to learn from, or it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class PolicyLearnCommand implements Callable<Integer> {

    private static final String DEFAULT_NAME = "learned";

    /** What to learn from. */
    static final class Source {
        @Option(names = "--profile", paramLabel = "NAME", description = "the first devices that get this profile and whose boots are only recorded")
        private Optional<String> profile = Optional.empty();

        @Option(names = "--device", paramLabel = "DEVICE", arity = "1..*", description = "these devices, whatever they are held to")
        private List<String> devices = List.of();

        @Option(names = "--pcrlock", paramLabel = "FILE", arity = "1..*", description = "files of systemd-pcrlock; needs no service")
        private List<Path> pcrlock = List.of();
    }

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--first", paramLabel = "NUMBER", defaultValue = "10", converter = AtLeastOne.class,
            description = "of devices to learn from with --profile (default: ${DEFAULT-VALUE})")
    private int first;

    @Option(names = "--name", paramLabel = "NAME", description = "of the policy (default: that of the profile, or learned)")
    private Optional<String> name;

    @Mixin
    private ApiOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String policy = name.or(() -> source.profile).orElse(DEFAULT_NAME);
        if (!ProfileLayout.isName(policy)) {
            throw new ParameterException(spec.commandLine(), "'" + policy + "' is no name for a policy: letters, digits, '.', '_' and '-'");
        }
        spec.commandLine().getOut().print(source.pcrlock.isEmpty() ? learned(policy) : imported(policy));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private String imported(String policy) {
        Map<String, Bytes> files = new LinkedHashMap<>();
        source.pcrlock.forEach(file -> files.put(file.toString(), Bytes.owning(InputFile.read(file))));
        try {
            return PcrlockProposal.of(policy, files);
        } catch (Failure.ConfigInvalid e) {
            throw new CommandFailed("that is no file of systemd-pcrlock:\n"
                    + e.findings().stream().map(Finding::toString).map(Text::printable).collect(Collectors.joining("\n")));
        }
    }

    private String learned(String policy) {
        List<LearnedBoot> boots = new ArrayList<>();
        try (ApiClient api = options.client()) {
            for (String device : source.profile.map(profile -> recordOnly(api, profile)).orElse(source.devices)) {
                boots.add(new LearnedBoot(device, RecordedEvidence.read(api.get(enrollment(device) + "/evidence")).booted()));
            }
        }
        return PolicyProposal.of(policy, boots);
    }

    /** The oldest devices of a profile that attested themselves and were held to nothing. */
    private List<String> recordOnly(ApiClient api, String profile) {
        List<String> ofProfile = new ArrayList<>();
        Pages.each(api, "devices", device -> {
            for (JsonNode given : device.path("profiles")) {
                if (given.asText().equals(profile)) {
                    JsonNode guids = device.path("guids");
                    ofProfile.add(guids.path(guids.size() - 1).asText());
                }
            }
        });
        return ofProfile.reversed().stream().filter(device -> isRecordOnly(api, device)).limit(first).toList();
    }

    private static boolean isRecordOnly(ApiClient api, String device) {
        return api.get(DeviceCommand.path(device)).at("/tpm/judged/result").asText().equals("recorded");
    }

    private static String enrollment(String device) {
        return "enrollments/" + ApiClient.segment(device);
    }
}

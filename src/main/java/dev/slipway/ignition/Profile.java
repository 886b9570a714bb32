package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a kind of device gets: linted once, then rendered for any number of devices, by any number of threads at a time. */
public final class Profile {

    private final ProfileRevision revision;
    private final Requirements requirements;
    private final List<ParameterDeclaration> parameters;
    private final Optional<List<PlanStep>> plan;
    private final ConfigTemplate template;
    private final List<Finding> warnings;

    private Profile(
            ProfileRevision revision,
            Requirements requirements,
            List<ParameterDeclaration> parameters,
            Optional<List<PlanStep>> plan,
            ConfigTemplate template,
            List<Finding> warnings) {
        this.revision = revision;
        this.requirements = requirements;
        this.parameters = List.copyOf(parameters);
        this.plan = plan.map(List::copyOf);
        this.template = template;
        this.warnings = List.copyOf(warnings);
    }

    /** @throws Failure.ConfigInvalid with everything that is wrong in any of the documents */
    public static Profile parse(ProfileSource source) {
        Report report = new Report();
        List<ParameterDeclaration> parameters = document(source, ProfileSource.PARAMETERS, report)
                .map(octets -> ParameterReader.read(octets, report)).orElse(List.of());
        boolean parametersKnown = !report.failed();
        Optional<List<PlanStep>> plan = Optional.ofNullable(source.documents().get(ProfileSource.PLAN))
                .map(octets -> PlanReader.read(octets, source.localFiles(), report));
        Requirements requirements = Optional.ofNullable(source.documents().get(ProfileSource.PROFILE))
                .map(octets -> RequirementsReader.read(octets, report)).orElse(Requirements.DEFAULT);
        Optional<ConfigTemplate.Source> config = config(source, report);
        if (config.isEmpty() || !parametersKnown) {
            throw new Failure.ConfigInvalid(report.findings());
        }
        Optional<ConfigTemplate> template = config.get().compile(ExpressionCompiler.of(parameters), report);
        report.throwIfFailed();
        return new Profile(source.revision(), requirements, parameters, plan, template.orElseThrow(), report.findings());
    }

    private static Optional<ConfigTemplate.Source> config(ProfileSource source, Report report) {
        Bytes butane = source.documents().get(ProfileSource.BUTANE);
        if (butane == null) {
            return document(source, ProfileSource.CONFIG, report).flatMap(octets -> IgnitionTemplate.read(octets, report));
        }
        if (source.documents().containsKey(ProfileSource.CONFIG)) {
            report.error("profile.two-configs", ProfileSource.BUTANE, "the profile has " + ProfileSource.CONFIG + ", too; keep one of them");
        }
        return ButaneTemplate.read(butane, source.embeddable(), report);
    }

    private static Optional<Bytes> document(ProfileSource source, String name, Report report) {
        Bytes octets = source.documents().get(name);
        if (octets == null) {
            report.error("profile.document-missing", name, "the profile '" + source.name() + "' has no " + name
                    + (name.equals(ProfileSource.CONFIG) ? ", and no " + ProfileSource.BUTANE : "") + "; add it to its folder");
        }
        return Optional.ofNullable(octets);
    }

    public String name() {
        return revision.profile();
    }

    public ProfileRevision revision() {
        return revision;
    }

    /** What a device must have proved before it is given anything of this profile. */
    public ProofLevel lowestProof() {
        return requirements.lowestProof();
    }

    /** Whether it is for devices only whose keys are in TPMs. */
    public boolean requiresTpm() {
        return requirements.tpm();
    }

    /** Name of the policy that says what the machine of a device may boot that attests itself; empty where nothing is said here. */
    public Optional<String> policy() {
        return requirements.policy();
    }

    /** In the order of {@code parameters.yaml}. */
    public List<ParameterDeclaration> parameters() {
        return parameters;
    }

    public List<PlanStep> plan() {
        return plan.orElse(PlanReader.DEFAULT);
    }

    /** Whether the profile says itself what its plan is. */
    boolean hasOwnPlan() {
        return plan.isPresent();
    }

    public IgnitionVersion version() {
        return template.version();
    }

    /** What the author should look at, although the profile can be used. */
    public List<Finding> warnings() {
        return warnings;
    }

    /** The config of one device that does not fetch it with a ticket; see {@link #render(DeviceFacts, ParameterValues, TicketFacts)}. */
    public RenderedConfig render(DeviceFacts device, ParameterValues values) {
        return render(device, values, TicketFacts.NONE);
    }

    /**
     * The config of one device.
     *
     * @param values parsed for {@link #parameters()} of this profile
     * @throws Failure.ConfigInvalid if a value does not fit the place it lands in, or the result is not fit to be served
     */
    public RenderedConfig render(DeviceFacts device, ParameterValues values, TicketFacts ticket) {
        return new RenderedConfig(SecretBytes.owning(validated(device, values, ticket).octets), version());
    }

    /** The same as a tree, to be merged with those of other profiles. */
    JsonNode tree(DeviceFacts device, ParameterValues values, TicketFacts ticket) {
        Report report = new Report();
        ConfigTemplate.Rendering rendering = render(device, values, ticket, false, report);
        report.addAll(rendering.located(ConfigValidator.check(rendering.config())));
        report.throwIfFailed();
        return rendering.config();
    }

    /** The same for people, as in {@link #renderMasked}. */
    JsonNode maskedTree(DeviceFacts device, ParameterValues values) {
        return render(device, values, TicketFacts.NONE, true, new Report()).config();
    }

    /**
     * The same config for people, without a ticket, and with {@code ********} for what secret parameters and values yield.
     *
     * @throws Failure.ConfigInvalid as {@link #render}
     */
    public ReadableConfig renderReadable(DeviceFacts device, ParameterValues values) {
        JsonNode config = validated(device, values, TicketFacts.NONE).rendering.config();
        return new ReadableConfig(config, render(device, values, TicketFacts.NONE, true, new Report()).config());
    }

    /**
     * The same, and where each of its values comes from.
     *
     * @throws Failure.ConfigInvalid as {@link #render}
     */
    public ConfigPreview preview(DeviceFacts device, ParameterValues values) {
        return new ConfigPreview(renderReadable(device, values), validated(device, values, TicketFacts.NONE).rendering.origins());
    }

    private record Validated(ConfigTemplate.Rendering rendering, byte[] octets) {}

    private Validated validated(DeviceFacts device, ParameterValues values, TicketFacts ticket) {
        Report report = new Report();
        ConfigTemplate.Rendering rendering = render(device, values, ticket, false, report);
        byte[] octets = Json.write(rendering.config());
        report.addAll(rendering.located(ConfigValidator.check(Bytes.owning(octets))));
        report.throwIfFailed();
        return new Validated(rendering, octets);
    }

    /** The same as a text. */
    public String renderMasked(DeviceFacts device, ParameterValues values) {
        return renderReadable(device, values).text();
    }

    private ConfigTemplate.Rendering render(
            DeviceFacts device, ParameterValues values, TicketFacts ticket, boolean masked, Report report) {
        if (!values.isFor(parameters)) {
            throw new IllegalArgumentException("parameter values of another profile");
        }
        Masking masking = new Masking(masked, values.secret().stream().map(ExpressionCompiler::nameOf).collect(Collectors.toSet()));
        Optional<ConfigTemplate.Rendering> rendering = template.render(ExpressionCompiler.variables(device, values, ticket), masking, report);
        report.throwIfFailed();
        return rendering.orElseThrow();
    }
}

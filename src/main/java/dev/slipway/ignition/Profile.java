package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConfigReader;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a kind of device gets: linted once, then rendered for any number of devices, by any number of threads at a time. */
public final class Profile {

    /** What the paths of findings about a rendered config start with. */
    private static final String RENDERED = "rendered config";

    private final ProfileRevision revision;
    private final ProofLevel lowestProof;
    private final List<ParameterDeclaration> parameters;
    private final List<PlanStep> plan;
    private final TemplateNode template;
    private final IgnitionVersion version;
    private final List<Finding> warnings;

    private Profile(
            ProfileRevision revision,
            ProofLevel lowestProof,
            List<ParameterDeclaration> parameters,
            List<PlanStep> plan,
            TemplateNode template,
            IgnitionVersion version,
            List<Finding> warnings) {
        this.revision = revision;
        this.lowestProof = lowestProof;
        this.parameters = List.copyOf(parameters);
        this.plan = List.copyOf(plan);
        this.template = template;
        this.version = version;
        this.warnings = List.copyOf(warnings);
    }

    /** @throws Failure.ConfigInvalid with everything that is wrong in any of the documents */
    public static Profile parse(ProfileSource source) {
        Report report = new Report();
        List<ParameterDeclaration> parameters = document(source, ProfileSource.PARAMETERS, report)
                .map(octets -> ParameterReader.read(octets, report)).orElse(List.of());
        boolean parametersKnown = !report.failed();
        List<PlanStep> plan = Optional.ofNullable(source.documents().get(ProfileSource.PLAN))
                .map(octets -> PlanReader.read(octets, source.localFiles(), report)).orElse(PlanReader.DEFAULT);
        ProofLevel lowestProof = Optional.ofNullable(source.documents().get(ProfileSource.PROFILE))
                .map(octets -> LowestProofReader.read(octets, report)).orElse(LowestProofReader.DEFAULT);
        Optional<Bytes> config = document(source, ProfileSource.CONFIG, report);
        Optional<JsonNode> json = config.flatMap(octets -> read(octets, report));
        if (json.isEmpty() || !parametersKnown) {
            throw new Failure.ConfigInvalid(report.findings());
        }
        TemplateNode template = TemplateCompiler.compile(json.get(), new ExpressionCompiler(parameters), report);
        JsonNode outline = TemplateOutline.of(template);
        report.addAll(ProfileSource.CONFIG, ConfigValidator.validate(outline).locatedIn(config.get()));
        report.throwIfFailed();
        IgnitionVersion version = ConfigValidator.versionOf(outline).orElseThrow();
        return new Profile(source.revision(), lowestProof, parameters, plan, template, version, report.findings());
    }

    private static Optional<JsonNode> read(Bytes octets, Report report) {
        ConfigReader.Reading reading = ConfigReader.read(octets);
        report.addAll(ProfileSource.CONFIG, reading.report());
        return reading.tree();
    }

    private static Optional<Bytes> document(ProfileSource source, String name, Report report) {
        Bytes octets = source.documents().get(name);
        if (octets == null) {
            report.error("profile.document-missing", name, "the profile '" + source.name() + "' has no " + name + "; add it to its folder");
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
        return lowestProof;
    }

    /** In the order of {@code parameters.yaml}. */
    public List<ParameterDeclaration> parameters() {
        return parameters;
    }

    public List<PlanStep> plan() {
        return plan;
    }

    public IgnitionVersion version() {
        return version;
    }

    /** What the author should look at, although the profile can be used. */
    public List<Finding> warnings() {
        return warnings;
    }

    /**
     * The config of one device.
     *
     * @param values parsed for {@link #parameters()} of this profile
     * @throws Failure.ConfigInvalid if a value does not fit the place it lands in, or the result is not fit to be served
     */
    public RenderedConfig render(DeviceFacts device, ParameterValues values) {
        Report report = new Report();
        JsonNode config = render(device, values, false, report);
        byte[] octets = Json.write(config);
        report.addAll(RENDERED, ConfigValidator.check(Bytes.owning(octets)));
        report.throwIfFailed();
        return new RenderedConfig(SecretBytes.owning(octets), version);
    }

    /**
     * The same config for people: indented, with {@code ********} for what secret parameters yield.
     *
     * @throws Failure.ConfigInvalid if a value does not fit the place it lands in
     */
    public String renderMasked(DeviceFacts device, ParameterValues values) {
        return Json.writeReadable(render(device, values, true, new Report()));
    }

    private JsonNode render(DeviceFacts device, ParameterValues values, boolean masked, Report report) {
        if (!values.isFor(parameters)) {
            throw new IllegalArgumentException("parameter values of another profile");
        }
        Map<String, Object> variables = ExpressionCompiler.variables(device, values);
        Optional<JsonNode> config = new Renderer(variables, masked, report).render(template, ProfileSource.CONFIG + "#");
        report.throwIfFailed();
        return config.orElseThrow();
    }
}

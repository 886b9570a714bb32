package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConfigReader;
import dev.slipway.ignition.spec.ConfigReport;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A config written as Ignition reads it, {@code config.ign.json}. */
record IgnitionTemplate(TemplateNode template, IgnitionVersion version) implements ConfigTemplate {

    /** What the paths of findings about a rendered config start with. */
    private static final String RENDERED = "rendered config";

    private record Rendered(JsonNode config) implements Rendering {
        @Override
        public List<Finding> located(ConfigReport report) {
            return Report.located(RENDERED, report);
        }
    }

    static Optional<Source> read(Bytes octets, Report report) {
        ConfigReader.Reading reading = ConfigReader.read(octets);
        report.addAll(Report.located(ProfileSource.CONFIG, reading.report()));
        return reading.tree().map(tree -> (expressions, lint) -> compile(tree, octets, expressions, lint));
    }

    private static Optional<ConfigTemplate> compile(JsonNode tree, Bytes octets, ExpressionCompiler expressions, Report report) {
        TemplateNode template = TemplateCompiler.compile(tree, TemplateSyntax.IGNITION, expressions, report);
        JsonNode outline = TemplateOutline.of(template);
        report.addAll(Report.located(ProfileSource.CONFIG, ConfigValidator.validate(outline).locatedIn(octets)));
        return report.failed() ? Optional.empty()
                : ConfigValidator.versionOf(outline).map(version -> new IgnitionTemplate(template, version));
    }

    @Override
    public Optional<Rendering> render(Map<String, Object> variables, boolean masked, Report report) {
        Optional<JsonNode> config = new Renderer(variables, masked, report).render(template, TemplateSyntax.IGNITION.root());
        return report.failed() ? Optional.empty() : config.map(Rendered::new);
    }
}
